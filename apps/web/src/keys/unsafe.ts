/** Where the types of one side of a border are taken for the other's: both sides are this build's own files. */

/** `of` is a function of the port, `args` what the page called it with. */
export function applied(of: unknown, args: readonly unknown[]): Promise<unknown> {
  if (typeof of !== "function") return Promise.reject(new Error("no such operation"));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a function, as was just seen
  return (of as (...args: readonly unknown[]) => Promise<unknown>)(...args);
}

/** The worker's answer, of the type that the operation says. */
export function answered<T>(value: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by `applied` with the same operation
  return value as T;
}
