/** Identity providers of the organisation: how they are set up, tried and used to sign in (IDN-3). */
import { z } from "zod";
import { instant, uuid } from "../schemas.ts";

export const providerKinds = ["oidc", "saml"] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** What can go wrong on the way there and back; told to owners, who set it up, and to nobody else. */
export const providerProblems = [
  "address_refused",
  "unreachable",
  "not_a_provider",
  "cancelled",
  "client_refused",
  "answer_invalid",
  "signature_invalid",
  "not_for_us",
  "out_of_time",
  "used_before",
  "subject_unstable",
] as const;
export type ProviderProblem = (typeof providerProblems)[number];

const webAddress = z
  .string()
  .trim()
  .max(500)
  .regex(/^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/u);
/** An attribute's or claim's name; empty: there is none. */
const attribute = z.string().trim().max(200);
const name = z.string().trim().min(1).max(64);

const rules = {
  /**
   * Values of `acr`, `amr` or AuthnContext that stand for a second factor here. Empty: what the provider asks for
   * counts as one factor, and the organisation's own rule holds (IDN-2).
   */
  secondFactorValues: z.array(z.string().trim().min(1).max(200)).max(20),
  /** Accounts are made at a first sign-in with an address of one of the own domains. */
  createAccounts: z.boolean(),
  /** A member's account with the same address, of one of the own domains, is taken over at a first sign-in. */
  linkByAddress: z.boolean(),
};

export const oidcSettings = z.strictObject({
  kind: z.literal("oidc"),
  name,
  issuer: webAddress,
  clientId: z.string().trim().min(1).max(300),
  /** Besides `openid`. */
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/u)).max(20),
  groupsClaim: attribute,
  primaryGroupClaim: attribute,
  ...rules,
});
export type OidcSettings = z.infer<typeof oidcSettings>;

export const samlSettings = z.strictObject({
  kind: z.literal("saml"),
  name,
  /** Of the provider, compared letter by letter. */
  entityId: z.string().trim().min(1).max(1024),
  entryPoint: z
    .string()
    .trim()
    .max(1000)
    .regex(/^https?:\/\/[^\s/?#@]+(?:[/?][^\s#]*)?$/u),
  /** In PEM or as base64 alone; several while the provider changes from one to the next. */
  certificates: z.array(z.string().trim().min(1).max(10_000)).min(1).max(5),
  /** Instead of the NameID; empty: the NameID. */
  subjectAttribute: attribute,
  emailAttribute: attribute,
  nameAttribute: attribute,
  groupsAttribute: attribute,
  primaryGroupAttribute: attribute,
  /** IDN-3: what it says of groups is the declared authority: what loosens waits for approval. */
  groupsAuthority: z.boolean(),
  ...rules,
});
export type SamlSettings = z.infer<typeof samlSettings>;

export const providerSettings = z.discriminatedUnion("kind", [oidcSettings, samlSettings]);
export type ProviderSettings = z.infer<typeof providerSettings>;

export const providerWish = z.strictObject({
  settings: providerSettings,
  /** Of a client of OpenID Connect. Left out: as it was; never answered again. */
  clientSecret: z.string().min(1).max(1000).optional(),
});
export type ProviderWish = z.infer<typeof providerWish>;

/** What arrived at a trial, for the owner who tried. */
export const trialFacts = z.strictObject({
  subject: z.string(),
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  displayName: z.string().nullable(),
  /** Null: none were sent. */
  groups: z.array(z.string()).nullable(),
  primaryGroup: z.string().nullable(),
  /** `acr`, `amr`, AuthnContext. */
  methods: z.array(z.string()),
  secondFactor: z.boolean(),
});
export type TrialFacts = z.infer<typeof trialFacts>;

export const providerTrial = z.strictObject({
  at: instant,
  /** Of the connection as it is now. */
  current: z.boolean(),
  problem: z.enum(providerProblems).nullable(),
  facts: trialFacts.nullable(),
});

/** What the provider has to be told of us. */
export const handover = z.strictObject({
  /** OpenID Connect: exactly these. */
  redirectUris: z.array(z.string()),
  /** SAML. */
  entityId: z.string().nullable(),
  acsUrls: z.array(z.string()),
});

export const identityProviderView = z.strictObject({
  id: uuid,
  settings: providerSettings,
  hasSecret: z.boolean(),
  enabled: z.boolean(),
  trial: providerTrial.nullable(),
  /** Accounts that sign in by it. */
  accounts: z.int(),
  handover,
});
export type IdentityProviderView = z.infer<typeof identityProviderView>;

export const providerRule = z.strictObject({
  /** Domains that are the organisation's own, for addresses that providers vouch for. Lower case, in ASCII. */
  domains: z
    .array(
      z
        .string()
        .max(253)
        .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/u),
    )
    .max(50),
  /** Passwords and passkeys open a session for owners alone. */
  demanded: z.boolean(),
});
export type ProviderRule = z.infer<typeof providerRule>;

export const identityProviders = z.strictObject({
  providers: z.array(identityProviderView),
  rule: providerRule,
});
export type IdentityProviders = z.infer<typeof identityProviders>;

export const offeredProvider = z.strictObject({ id: uuid, name: z.string() });
export type OfferedProvider = z.infer<typeof offeredProvider>;

export const ownProvider = z.strictObject({
  id: uuid,
  name: z.string(),
  /** When it was tied to the own account; null: it is not. */
  linkedAt: instant.nullable(),
});
export type OwnProvider = z.infer<typeof ownProvider>;

/** Where the browser goes next: the provider's own page. */
export const providerDoor = z.strictObject({ url: z.string() });

/** The answer as it came in the address of the page; empty for SAML, whose answer came by another way. */
export const providerAnswer = z.strictObject({ answer: z.string().max(8192) });

/** What else than signing in has been done at the provider. */
export const providerStep = z.discriminatedUnion("step", [
  z.strictObject({ step: z.literal("tried") }),
  z.strictObject({ step: z.literal("linked"), name: z.string() }),
  z.strictObject({ step: z.literal("confirmed") }),
]);
