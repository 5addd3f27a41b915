/** Answers whose time must not tell what was done for them (MTG-4). */

/** Not before `ms` have gone by, whether it went well or not. */
export async function notSooner<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.allSettled([work(), new Promise((resolve) => setTimeout(resolve, ms))]);
  if (result.status === "rejected") throw result.reason;
  return result.value;
}
