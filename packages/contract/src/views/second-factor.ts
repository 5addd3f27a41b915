/** Second factors of an account, and what the organisation demands (IDN-2). */
import { z } from "zod";
import { instant, password, uuid } from "../schemas.ts";

export const factorMethods = ["passkey", "totp", "recovery"] as const;
export type FactorMethod = (typeof factorMethods)[number];

/**
 * Who must have signed in with a second factor: `everybody`; `duties`: owners, admins and whoever has a duty;
 * `high`: hosts and co-hosts of meetings of class high.
 */
export const factorDemands = ["everybody", "duties", "high"] as const;
export type FactorDemand = (typeof factorDemands)[number];
export const factorRule = z.array(z.enum(factorDemands)).max(factorDemands.length);

/** How somebody signed in. A passkey with a proof of the person is two factors in one. */
export const signInStrength = z.enum(["password", "secondFactor"]);
export type SignInStrength = z.infer<typeof signInStrength>;

export const passkeyName = z.string().trim().min(1).max(64);

export const passkeyRow = z.strictObject({
  id: uuid,
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  /** Copied among the devices of its owner, says the authenticator. */
  synced: z.boolean(),
});
export type PasskeyRow = z.infer<typeof passkeyRow>;

export const ownFactors = z.strictObject({
  passkeys: z.array(passkeyRow),
  /** When the app was set up. */
  totpSince: instant.nullable(),
  recoveryCodesLeft: z.int(),
  strength: signInStrength,
  /** By the organisation's rule, for this account whatever it does. */
  demanded: z.boolean(),
  /** For hosts of meetings of class high. */
  demandedForHigh: z.boolean(),
  /** Until when changes are possible without confirming anew; null: confirm first. */
  confirmedUntil: instant.nullable(),
});
export type OwnFactors = z.infer<typeof ownFactors>;

/** How many factors of which kind, for those who look after accounts. */
export const factorState = z.strictObject({ passkeys: z.int(), totp: z.boolean() });

const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/u);
export const passkeyTransports = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;
const credential = {
  id: base64url.min(1).max(1400),
  rawId: base64url.min(1).max(1400),
  type: z.literal("public-key"),
};

/** What of the answer of `navigator.credentials.create` is needed, as JSON (WebAuthn Level 3 §5.1). */
export const registrationResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url.max(8000),
    attestationObject: base64url.max(16_000),
    /** As the browser says; those that we do not know are left out. */
    transports: z.array(z.string().max(32)).max(10),
  }),
});

/** What of the answer of `navigator.credentials.get` is needed, as JSON. */
export const authenticationResponse = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url.max(8000),
    authenticatorData: base64url.max(8000),
    signature: base64url.max(4000),
    userHandle: base64url.max(200).nullable(),
  }),
});

const descriptor = z.strictObject({
  id: base64url,
  type: z.literal("public-key"),
  transports: z.array(z.enum(passkeyTransports)),
});

/** For `navigator.credentials.create`. */
export const registrationOptions = z.strictObject({
  rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: base64url, name: z.string(), displayName: z.string() }),
  challenge: base64url,
  pubKeyCredParams: z.array(z.strictObject({ type: z.literal("public-key"), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal("none"),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.strictObject({
    residentKey: z.literal("preferred"),
    requireResidentKey: z.literal(false),
    userVerification: z.literal("preferred"),
  }),
});

/** For `navigator.credentials.get`. */
export const authenticationOptions = z.strictObject({
  rpId: z.string(),
  challenge: base64url,
  timeout: z.int(),
  userVerification: z.enum(["required", "preferred"]),
  /** None named: the device offers what it has. */
  allowCredentials: z.array(descriptor),
});

/** As typed; the server takes out spaces and hyphens, and folds width and case. */
const typedCode = z.string().min(1).max(64);

export const factorProof = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("totp"), code: typedCode }),
  z.strictObject({ method: z.literal("recovery"), code: typedCode }),
  z.strictObject({ method: z.literal("passkey"), response: authenticationResponse }),
]);
export type FactorProof = z.infer<typeof factorProof>;

export const confirmation = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("password"), password }),
  ...factorProof.options,
]);
export type Confirmation = z.infer<typeof confirmation>;

/** Shown once. */
export const recoveryCodes = z.array(z.string()).length(10);

/** `codes`: made with the first factor, null if there are some already. */
export const factorAdded = z.strictObject({ factors: ownFactors, codes: recoveryCodes.nullable() });

export const totpSetup = z.strictObject({
  /** Base32, for typing (RFC 4648). */
  secret: z.string(),
  uri: z.string(),
  /** Modules of the QR code, row by row, `1` is dark. */
  qr: z.strictObject({ size: z.int(), modules: z.string().regex(/^[01]+$/u) }),
});
export type TotpSetup = z.infer<typeof totpSetup>;

/** The password was right, and is not enough. */
export const signInStep = z.discriminatedUnion("step", [
  /** One of these, in this browser, within ten minutes. */
  z.strictObject({ step: z.literal("secondFactor"), methods: z.array(z.enum(factorMethods)) }),
  /** Signed in as far as setting one up. */
  z.strictObject({ step: z.literal("setUp") }),
]);
