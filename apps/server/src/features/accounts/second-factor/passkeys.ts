/** Passkeys by WebAuthn Level 3: the origin and the host's name are this server's own, each challenge is good once. */
import { passkeyTransports, type authenticationResponse, type registrationResponse } from "@sekisho/contract";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Db } from "../../../platform/db/database.ts";
import type { AccountsDeps } from "../accounts-deps.ts";

export type PasskeyAnswer = z.output<typeof authenticationResponse>;
export type NewPasskeyAnswer = z.output<typeof registrationResponse>;

const patienceMs = 120_000;

/** The address of the page that asks: one of this server's own, whatever a request says. */
export function pageOf(deps: Pick<AccountsDeps, "origin" | "origins">, request: FastifyRequest): string {
  const { origin } = request.headers;
  return deps.origins().find((one) => one === origin) ?? deps.origin();
}

function hostOf(page: string): string {
  return new URL(page).hostname;
}

/** Opaque and fixed: the bytes of the account's random id. */
export function userHandleOf(accountId: string): string {
  return Buffer.from(accountId.replaceAll("-", ""), "hex").toString("base64url");
}

type Owner = { readonly id: string; readonly email: string; readonly displayName: string };

export async function optionsToAdd(deps: AccountsDeps, page: string, owner: Owner) {
  const organisation = await deps.db.selectFrom("organisation").select("name").executeTakeFirstOrThrow();
  const made = await generateRegistrationOptions({
    rpName: organisation.name,
    rpID: hostOf(page),
    userID: new Uint8Array(Buffer.from(userHandleOf(owner.id), "base64url")),
    userName: owner.email,
    userDisplayName: owner.displayName,
    excludeCredentials: await credentialsOf(deps.db, owner.id),
    supportedAlgorithmIDs: [-8, -7, -257],
  });
  return {
    rp: { id: hostOf(page), name: organisation.name },
    user: { id: userHandleOf(owner.id), name: owner.email, displayName: owner.displayName },
    challenge: made.challenge,
    pubKeyCredParams: made.pubKeyCredParams.map(({ alg }) => ({ type: "public-key" as const, alg })),
    timeout: patienceMs,
    attestation: "none",
    excludeCredentials: (await credentialsOf(deps.db, owner.id)).map(named),
    authenticatorSelection: {
      residentKey: "preferred",
      requireResidentKey: false,
      userVerification: "preferred",
    },
  } as const;
}

/** `accountId` null: whoever has one, and then the device must have made sure of the person. */
export async function optionsToProve(deps: AccountsDeps, page: string, accountId: string | null) {
  const userVerification = accountId === null ? ("required" as const) : ("preferred" as const);
  const known = accountId === null ? [] : await credentialsOf(deps.db, accountId);
  const made = await generateAuthenticationOptions({ rpID: hostOf(page), userVerification });
  return {
    rpId: hostOf(page),
    challenge: made.challenge,
    timeout: patienceMs,
    userVerification,
    allowCredentials: known.map(named),
  };
}

/** Null: not a new passkey of this page for this challenge. */
export async function readNewPasskey(
  answer: NewPasskeyAnswer,
  { page, challenge }: { readonly page: string; readonly challenge: string },
) {
  const { id, rawId, type, response } = answer;
  const { clientDataJSON, attestationObject } = response;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId,
        type,
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject },
      },
      expectedChallenge: challenge,
      expectedOrigin: page,
      expectedRPID: hostOf(page),
      requireUserVerification: false,
      supportedAlgorithmIDs: [-8, -7, -257],
    });
    if (!verified) return null;
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: knownTransports(response.transports),
      synced: credentialBackedUp,
    };
  } catch {
    // The library throws at whatever is not as it should be; which it was is nobody's business.
    return null;
  }
}

type Expected = {
  /** Where the page stands that was signed for. */
  readonly page: string;
  readonly challenge: string;
  /** Null: a passkey alone; then the person must have been verified, and the account is the passkey's. */
  readonly accountId: string | null;
};

/** The account whose passkey signed this challenge; null for everything else. */
export async function provePasskey(
  deps: AccountsDeps,
  answer: PasskeyAnswer,
  { page, challenge, accountId }: Expected,
): Promise<string | null> {
  const row = await deps.db
    .selectFrom("passkey")
    .select(["id", "account_id", "credential_id", "public_key", "counter"])
    .where("credential_id", "=", answer.id)
    .executeTakeFirst();
  if (row === undefined || (accountId !== null && row.account_id !== accountId)) return null;
  const handle = answer.response.userHandle;
  if (handle !== null && handle !== userHandleOf(row.account_id)) return null;
  const counter = await counterAfter(answer, { page, challenge, alone: accountId === null, row });
  return counter !== null && (await noteUse(deps.db, row.id, counter)) ? row.account_id : null;
}

type Signed = {
  readonly page: string;
  readonly challenge: string;
  readonly alone: boolean;
  readonly row: { readonly credential_id: string; readonly public_key: Buffer; readonly counter: string };
};

async function counterAfter(
  answer: PasskeyAnswer,
  { page, challenge, alone, row }: Signed,
): Promise<number | null> {
  const { id, rawId, type } = answer;
  const { clientDataJSON, authenticatorData, signature } = answer.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...{ id, rawId, type, clientExtensionResults: {} },
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: page,
      expectedRPID: hostOf(page),
      requireUserVerification: alone,
      credential: {
        id: row.credential_id,
        publicKey: new Uint8Array(row.public_key),
        counter: Number(row.counter),
      },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

/** A counter that does not grow is a copy of the key; authenticators without a counter answer 0 for ever. */
async function noteUse(db: Db, id: string, counter: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("passkey")
    .set({ counter, last_used_at: new Date() })
    .where("id", "=", id)
    .where((eb) =>
      eb.or([eb("counter", "<", String(counter)), eb.and([eb("counter", "=", "0"), eb.val(counter === 0)])]),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function credentialsOf(db: Db, accountId: string) {
  const rows = await db
    .selectFrom("passkey")
    .select(["credential_id", "transports"])
    .where("account_id", "=", accountId)
    .execute();
  return rows.map((row) => ({ id: row.credential_id, transports: row.transports }));
}

function knownTransports(told: readonly string[]) {
  return passkeyTransports.filter((one) => told.includes(one));
}

function named({ id, transports }: { readonly id: string; readonly transports: readonly string[] }) {
  return { type: "public-key" as const, id, transports: knownTransports(transports) };
}
