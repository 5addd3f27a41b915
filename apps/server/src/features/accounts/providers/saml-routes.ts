/**
 * Where SAML comes in. The answer is posted by a page of the provider's site, so that no cookie comes with it and none is
 * looked at: it is verified, laid down sealed with the journey that asked for it, and counts only once the browser of that
 * journey comes for it from our own page (sign-in-provider.ts), with the receipt that only the browser got that posted it.
 * So the one request that another site may make opens nothing, and nobody sends a stranger through a journey of their own.
 */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { hashToken, newToken } from "../../../platform/random.ts";
import { isDuplicate, type AccountsDeps } from "../accounts-deps.ts";
import { bytesOf, contextOf } from "./attempts.ts";
import type { ProviderClients } from "./provider-clients.ts";
import { acsUrl, spEntityId } from "./provider-addresses.ts";
import { findProvider, type ProviderRow } from "./provider-store.ts";
import { ProviderFault } from "./provider-word.ts";
import { ownMetadata, readMetadata } from "./saml-metadata.ts";

const { samlAnswer, samlMetadata, samlMetadataRead } = routes.identityProviders;
type Posted = CallContext<typeof samlAnswer>;

export function samlRoutes(deps: AccountsDeps, clients: ProviderClients): readonly BoundRoute[] {
  return [
    handle(samlAnswer, async (context) => {
      const receipt = newToken();
      await take(deps, clients, context, receipt);
      // The same for everything: the page asks with its own cookie what has become of it.
      context.reply.redirect(`/signin/return/${context.params.providerId}?receipt=${receipt}`, 303);
      return undefined;
    }),
    handle(samlMetadata, async ({ params, reply }) => {
      const provider = await findProvider(deps.db, params.providerId);
      if (provider === null || provider.kind !== "saml") throw new HttpError("not_found");
      reply.header("content-type", "application/samlmetadata+xml; charset=utf-8");
      return ownMetadata(spEntityId(deps, provider.id), acsUrl(deps.origin(), provider.id));
    }),
    handle(samlMetadataRead, async ({ body }) => readMetadata(body.xml)),
  ];
}

async function take(
  deps: AccountsDeps,
  clients: ProviderClients,
  { params, body }: Posted,
  receipt: string,
): Promise<void> {
  const provider = await findProvider(deps.db, params.providerId);
  // Without a journey of ours there is nothing to answer: nobody is sent here by a provider on its own.
  if (provider === null || body.RelayState === undefined) return;
  const handleHash = hashToken(body.RelayState);
  const attempt = await deps.db
    .selectFrom("provider_attempt")
    .select(["origin", "sealed", "connection"])
    .where("handle_hash", "=", handleHash)
    .where("provider_id", "=", provider.id)
    .where("connection", "=", provider.connection)
    .where("answer_sealed", "is", null)
    .where("expires_at", ">", new Date(deps.now()))
    .executeTakeFirst();
  if (attempt === undefined) return;
  const secrets: unknown = JSON.parse(
    deps.keys.open("provider-attempt", attempt.sealed, contextOf(handleHash)).toString("utf8"),
  );
  const heard = { origin: attempt.origin, secrets, response: body.SAMLResponse };
  await layDown(deps, { handleHash, receipt }, await verify(deps, clients, provider, heard));
}

type Heard = { readonly origin: string; readonly secrets: unknown; readonly response: string };
type Verified = { readonly answer: object; readonly assertion: Buffer | null };

async function verify(
  { keys }: AccountsDeps,
  clients: ProviderClients,
  provider: ProviderRow,
  heard: Heard,
): Promise<Verified> {
  try {
    const { word, assertionId } = await clients.readPosted(provider, heard);
    const assertion = keys.mac("provider-assertion", JSON.stringify([word.issuer, assertionId]));
    return { answer: { word }, assertion };
  } catch (error) {
    if (error instanceof ProviderFault) return { answer: { problem: error.problem }, assertion: null };
    throw error;
  }
}

/** An assertion is kept for longer than any is taken. */
const remembered = 24 * 3600 * 1000;

type Place = { readonly handleHash: Buffer; readonly receipt: string };

async function layDown(
  deps: AccountsDeps,
  { handleHash, receipt }: Place,
  { answer, assertion }: Verified,
): Promise<void> {
  const receiptHash = hashToken(receipt).toString("base64url");
  const seal = (value: object) =>
    deps.keys.seal("provider-attempt", bytesOf({ ...value, receipt: receiptHash }), contextOf(handleHash));
  const write = (value: object, used: Buffer | null) =>
    deps.db.transaction().execute(async (trx) => {
      await trx.deleteFrom("provider_assertion").where("expires_at", "<", new Date(deps.now())).execute();
      if (used !== null)
        await trx
          .insertInto("provider_assertion")
          .values({ assertion_mac: used, expires_at: new Date(deps.now() + remembered) })
          .execute();
      await trx
        .updateTable("provider_attempt")
        .set({ answer_sealed: seal(value) })
        .where("handle_hash", "=", handleHash)
        .where("answer_sealed", "is", null)
        .execute();
    });
  try {
    await write(answer, assertion);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await write({ problem: "used_before" }, null);
  }
}
