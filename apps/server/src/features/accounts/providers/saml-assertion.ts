/** A verified assertion as the library's parser shows it (elements by local name, attributes under `$`, text under `_`). */
import type { SamlSettings } from "@sekisho/contract";
import { z } from "zod";
import { oneText, ProviderFault, textsOf, type ProviderWord } from "./provider-word.ts";

const text = z.object({ _: z.string() });
const attribute = z.object({
  $: z.object({ Name: z.string() }),
  AttributeValue: z.array(z.unknown()).default([]),
});

/** What more there is in it is nothing to us. */
export const samlAssertion = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1).max(500), Version: z.literal("2.0") }),
    Issuer: z.array(text).length(1),
    Subject: z
      .array(
        z.object({
          NameID: z
            .array(
              z.object({ _: z.string().min(1), $: z.object({ Format: z.string().optional() }).optional() }),
            )
            .length(1),
          SubjectConfirmation: z.array(
            z.object({
              $: z.object({ Method: z.string() }),
              SubjectConfirmationData: z
                .array(
                  z.object({
                    $: z.object({
                      Recipient: z.string().optional(),
                      InResponseTo: z.string().optional(),
                      NotBefore: z.string().optional(),
                      NotOnOrAfter: z.string().optional(),
                    }),
                  }),
                )
                .default([]),
            }),
          ),
        }),
      )
      .length(1),
    Conditions: z
      .array(z.object({ $: z.object({ NotOnOrAfter: z.string().optional() }).optional() }))
      .length(1),
    AuthnStatement: z
      .array(
        z.object({
          $: z.object({ AuthnInstant: z.string() }),
          AuthnContext: z.array(z.object({ AuthnContextClassRef: z.array(text).default([]) })).default([]),
        }),
      )
      .min(1),
    AttributeStatement: z.array(z.object({ Attribute: z.array(attribute).default([]) })).default([]),
  }),
});
export type SamlAssertion = z.output<typeof samlAssertion>["Assertion"];

const transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const byAddress = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/** Throws `ProviderFault` where the person cannot be known again the next time. */
export function wordOfAssertion(settings: SamlSettings, assertion: SamlAssertion): ProviderWord {
  const attributes = attributesOf(assertion);
  const read = (name: string) => (name === "" ? undefined : attributes.get(name));
  const nameId = assertion.Subject[0]?.NameID[0];
  const format = nameId?.$?.Format;
  const subject = settings.subjectAttribute === "" ? nameId?._ : only(read(settings.subjectAttribute));
  if (settings.subjectAttribute === "" && format === transient) throw new ProviderFault("subject_unstable");
  if (subject === undefined || subject === "") throw new ProviderFault("answer_invalid");
  const email =
    settings.emailAttribute === "" && format === byAddress
      ? oneText(nameId?._)
      : oneText(read(settings.emailAttribute));
  const groups = read(settings.groupsAttribute);
  const instants = assertion.AuthnStatement.map(({ $ }) => Date.parse($.AuthnInstant));
  return {
    subject,
    issuer: settings.entityId,
    email,
    // SAML has no word for it: by the owner's choices the provider answers for each address that it sends (IDN-3).
    emailVerified: email !== null,
    displayName: oneText(read(settings.nameAttribute)),
    groups: groups === undefined ? null : textsOf(groups),
    primaryGroup: oneText(read(settings.primaryGroupAttribute)),
    methods: assertion.AuthnStatement.flatMap(({ AuthnContext }) =>
      AuthnContext.flatMap(({ AuthnContextClassRef }) => AuthnContextClassRef.map(({ _ }) => _.trim())),
    ),
    provedAt: instants.every((at) => Number.isFinite(at)) ? Math.min(...instants) : null,
  };
}

function attributesOf(assertion: SamlAssertion): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { Attribute } of assertion.AttributeStatement)
    for (const { $, AttributeValue } of Attribute)
      found.set($.Name, [...(found.get($.Name) ?? []), ...AttributeValue.flatMap(valueOf)]);
  return found;
}

/** Text alone; a value with elements in it is none that we know. */
function valueOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  const read = z.object({ _: z.string() }).safeParse(value);
  return read.success ? [read.data._] : [];
}

/** One value and no other: of two nobody knows which is the person. */
function only(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}
