/** Asked of a package whose types may not be there. Each is checked as far as it can be at run time. */
export type RivetAnswer = {
  readonly data: Readonly<Record<string, unknown>>;
  readonly statusCode: number;
};

type Anything = (...args: readonly unknown[]) => unknown;

function field(owner: unknown, name: string): unknown {
  return Reflect.get(Object(owner), name);
}

function functionOf(owner: unknown, name: string): Anything {
  const found = field(owner, name);
  if (typeof found !== "function") throw new Error(`${name} is not there`);
  return found as Anything;
}

export const calledOf = {
  field,
  construct(module: unknown, name: string, options: object): unknown {
    const made: unknown = Reflect.construct(functionOf(module, name), [options]);
    return made;
  },
  async endpoint(endpoints: unknown, kind: string, name: string, wish: object): Promise<RivetAnswer> {
    return (await functionOf(field(endpoints, kind), name)(wish)) as RivetAnswer;
  },
  async method(owner: unknown, name: string): Promise<void> {
    await Reflect.apply(functionOf(owner, name), owner, []);
  },
  listen(client: unknown, event: string, take: (payload: unknown) => void): void {
    const consumer = field(client, "webEventConsumer");
    const listener = async ({ payload }: { readonly payload: unknown }) => take(payload);
    Reflect.apply(functionOf(consumer, "event"), consumer, [event, listener]);
  },
};
