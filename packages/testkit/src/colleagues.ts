/** Accounts of the organisation, through the product's own invitations. */
import type { AccountRole, Me } from "@sekisho/contract";
import type { Client } from "./client.ts";
import type { Product } from "./product.ts";

export type Colleague = { readonly client: Client; readonly me: Me; readonly password: string };

let made = 0;

/** Invited by `inviter`, and signed in. */
export async function colleague(
  product: Product,
  inviter: Client,
  role: AccountRole = "member",
): Promise<Colleague> {
  made += 1;
  const displayName = `同僚 ${made}`;
  const invited = await inviter.ok<{ url: string }>("POST", "/api/accounts/invitations", {
    email: `colleague${made}@midorino.example`,
    displayName,
    role,
  });
  const client = product.client();
  const token = invited.url.split("/").at(-1) ?? "";
  const password = `a long enough passphrase ${made}`;
  const me = await client.ok<Me>("POST", `/api/invitations/${token}`, {
    displayName,
    password,
    locale: "ja",
  });
  return { client, me, password };
}
