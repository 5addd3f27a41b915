/** The five things that a session asks of the server. */
import type { KeysSince } from "@sekisho/contract";
import { ApiError, call } from "../api/client.ts";

export type KeyApi = {
  offer(keyPackage: string): Promise<void>;
  /** False: somebody else was first. */
  found(generation: number): Promise<boolean>;
  commit(body: {
    readonly generation: number;
    readonly epoch: number;
    readonly added: string[];
    readonly removed: string[];
    readonly commit: string;
    readonly welcome: string | null;
  }): Promise<boolean>;
  since(generation: number, epoch: number): Promise<KeysSince>;
};

export function createKeyApi(link: string, group: string): KeyApi {
  const params = { link, group };
  return {
    async offer(keyPackage) {
      await call("POST", "/api/m/:link/keys/:group/offer", { params, body: { keyPackage } });
    },
    found: (generation) =>
      unlessTaken(() => call("POST", "/api/m/:link/keys/:group/found", { params, body: { generation } })),
    commit: (body) =>
      unlessTaken(() => call("POST", "/api/m/:link/keys/:group/commits", { params, body: { ...body } })),
    since: (generation, epoch) =>
      call("GET", "/api/m/:link/keys/:group", { params, query: { generation, epoch } }),
  };
}

async function unlessTaken(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.failure.code === "keys_taken") return false;
    throw error;
  }
}
