/** The published package `@zoom/rivet`, where it is installed: loaded as it is, given our addresses and a token. */
import { createServer } from "node:net";
import { calledOf, type RivetAnswer } from "./unsafe.ts";

export type RivetOptions = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accountId: string;
  readonly baseUrl: string;
  readonly token: {
    readonly accessToken: string;
    readonly expirationTimeIso: string;
    readonly scopes: readonly string[];
  };
};

/** One endpoint of one family, e.g. `groups`, `createGroup`. */
export type RivetCall = (family: string, endpoint: string, wish: object) => Promise<RivetAnswer>;

export type Rivet = {
  readonly users: RivetCall;
  readonly accounts: RivetCall;
  readonly meetings: RivetCall;
  receive(
    port: number,
    secret: string,
    event: string,
  ): Promise<AsyncDisposable & { readonly payloads: unknown[] }>;
};

/** Null where the package is not there. */
export async function loadRivet(
  require: { resolve(name: string): string },
  { token, ...options }: RivetOptions,
): Promise<Rivet | null> {
  try {
    require.resolve("@zoom/rivet/users");
  } catch {
    return null;
  }
  const tokenStore = { getLatestToken: () => token, storeToken: () => undefined };
  const given = { ...options, tokenStore };
  const client = async (family: string, name: string, more: object) => {
    const module: unknown = await import(/* @vite-ignore */ `@zoom/rivet/${family}`);
    return calledOf.construct(module, name, { ...given, ...more });
  };
  const calls = async (family: string, name: string): Promise<RivetCall> => {
    const endpoints = calledOf.field(await client(family, name, { disableReceiver: true }), "endpoints");
    return (kind, endpoint, wish) => calledOf.endpoint(endpoints, kind, endpoint, wish);
  };
  return {
    users: await calls("users", "UsersS2SAuthClient"),
    accounts: await calls("accounts", "AccountsS2SAuthClient"),
    meetings: await calls("meetings", "MeetingsS2SAuthClient"),
    async receive(port, secret, event) {
      const receiver = await client("users", "UsersS2SAuthClient", { webhooksSecretToken: secret, port });
      const payloads: unknown[] = [];
      calledOf.listen(receiver, event, (payload) => payloads.push(payload));
      await calledOf.method(receiver, "start");
      return {
        payloads,
        [Symbol.asyncDispose]: async () => {
          await calledOf.method(calledOf.field(receiver, "receiver"), "stop");
        },
      };
    },
  };
}

/** One that is free at this moment: the package wants to know it beforehand. */
export async function receiverPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
