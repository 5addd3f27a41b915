/** What an applicant can do about a verification call (ADM-13); apart, so that waiting does not carry it. */
import { call } from "../client.ts";

export type CallCommands = ReturnType<typeof createCallCommands>;

export function createCallCommands(link: string) {
  const params = { link };
  return {
    answer: (accept: boolean) => call("POST", "/api/m/:link/call/answer", { params, body: { accept } }),
    end: () => call("POST", "/api/m/:link/call/end", { params }),
    ticket: () => call("POST", "/api/m/:link/ticket", { params }),
  };
}
