/** What can be done before the room; apart from the room's commands, which a waiting person's page does not carry. */
import type { AdmissionView } from "@sekisho/contract";
import { call } from "../client.ts";

export type EntryCommands = ReturnType<typeof createEntryCommands>;
export type AskBody = {
  readonly displayName: string;
  readonly affiliation: string;
  readonly passcode: string | null;
  readonly build: number;
  readonly agreement?: { readonly version: number; readonly ownPolicy: true } | null;
  readonly deviceDeclared?: boolean;
};

/** Proving an address instead of signing in (BAR-8). */
export type AddressCommands = EntryCommands["address"];

export function createEntryCommands(link: string) {
  const params = { link };
  return {
    ask: (body: AskBody): Promise<AdmissionView> => call("POST", "/api/m/:link/requests", { params, body }),
    address: {
      send: (email: string) => call("POST", "/api/m/:link/address", { params, body: { email } }),
      confirm: (email: string, code: string) =>
        call("POST", "/api/m/:link/address/confirm", { params, body: { email, code } }),
    },
    withdraw: () => call("POST", "/api/m/:link/withdraw", { params }),
  };
}
