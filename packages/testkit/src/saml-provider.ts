/** A real SAML identity provider: it reads our requests and our metadata, and signs what the test has it say. */
import "reflect-metadata";
import { X509CertificateGenerator } from "@peculiar/x509";
import { randomUUID } from "node:crypto";
import * as samlify from "samlify";

export type SamlPerson = {
  readonly nameId: string;
  readonly format?: string;
  readonly authnContext?: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
};

export type SamlAnswer = { readonly SAMLResponse: string; readonly RelayState: string };

export type SamlSaying = {
  /** On the words before they are signed. */
  readonly before?: (xml: string) => string;
  /** On what is signed already: an attacker's hand. */
  readonly after?: (xml: string) => string;
  /** The whole message is signed, and not the assertion. */
  readonly signsMessage?: boolean;
  readonly algorithm?: string;
  readonly unsigned?: boolean;
};

export type TestSamlProvider = {
  readonly entityId: string;
  readonly entryPoint: string;
  readonly certificate: string;
  readonly metadata: string;
  /** `url`: where we sent the browser; `ours`: our metadata. */
  answer(url: string, ours: string, person: SamlPerson, saying?: SamlSaying): Promise<SamlAnswer>;
};

samlify.setSchemaValidator({ validate: async () => "not looked at" });

const persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

export async function createSamlProvider(
  entityId = "https://idp.midorino.example/saml",
): Promise<TestSamlProvider> {
  const { privateKey, certificate } = await newKey();
  const entryPoint = `${entityId}/sso`;
  const idpOf = (algorithm: string) =>
    samlify.IdentityProvider({
      entityID: entityId,
      privateKey,
      signingCert: certificate,
      isAssertionEncrypted: false,
      requestSignatureAlgorithm: algorithm,
      wantAuthnRequestsSigned: false,
      singleSignOnService: [
        { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", Location: entryPoint },
      ],
    });
  return {
    ...{ entityId, entryPoint, certificate },
    metadata: idpOf(sha256).getMetadata(),
    async answer(url, ours, person, saying = {}) {
      const {
        before = same,
        after = same,
        signsMessage = false,
        algorithm = sha256,
        unsigned = false,
      } = saying;
      const idp = idpOf(algorithm);
      const sp = samlify.ServiceProvider(
        signsMessage
          ? {
              metadata: ours.replace('WantAssertionsSigned="true"', 'WantAssertionsSigned="false"'),
              wantMessageSigned: true,
            }
          : { metadata: ours },
      );
      const query = Object.fromEntries(new URL(url).searchParams);
      const request = await idp.parseLoginRequest(sp, "redirect", { query });
      const extract: Readonly<Record<string, unknown>> = request.extract;
      const { id, acs } = askedIn(extract["request"]);
      const words = before(
        wordsOf({
          entityId,
          person,
          requestId: String(id),
          acs: String(acs),
          sp: sp.entityMeta.getEntityID(),
        }),
      );
      const said = await idp.createLoginResponse(
        sp,
        { extract: request.extract },
        "post",
        {},
        {
          relayState: query["RelayState"] ?? "",
          customTagReplacement: () => ({ id: `_${randomUUID()}`, context: words }),
        },
      );
      const signed = unsigned ? words : Buffer.from(said.context, "base64").toString("utf8");
      return {
        SAMLResponse: Buffer.from(after(signed)).toString("base64"),
        RelayState: query["RelayState"] ?? "",
      };
    },
  };
}

const same = (xml: string): string => xml;

async function newKey(): Promise<{ privateKey: string; certificate: string }> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: "CN=idp.midorino.example",
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    keys,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const lines = pkcs8.match(/.{1,64}/gu)?.join("\n") ?? "";
  return {
    privateKey: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----`,
    certificate: made.toString("pem"),
  };
}

type Words = {
  readonly entityId: string;
  readonly person: SamlPerson;
  readonly requestId: string;
  readonly acs: string;
  readonly sp: string;
};

function wordsOf({ entityId, person, requestId, acs, sp }: Words): string {
  const now = new Date();
  const until = new Date(now.getTime() + 5 * 60_000).toISOString();
  const at = now.toISOString();
  const { nameId, format = persistent, authnContext, attributes = {} } = person;
  const context = authnContext ?? "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
  const values = Object.entries(attributes)
    .map(
      ([name, all]) =>
        `<saml:Attribute Name="${name}">${all.map((one) => `<saml:AttributeValue>${one}</saml:AttributeValue>`).join("")}</saml:Attribute>`,
    )
    .join("");
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at}" Destination="${acs}" InResponseTo="${requestId}"><saml:Issuer>${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_${randomUUID()}" Version="2.0" IssueInstant="${at}"><saml:Issuer>${entityId}</saml:Issuer><saml:Subject><saml:NameID Format="${format}">${nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${acs}" InResponseTo="${requestId}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${sp}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at}" SessionIndex="_${randomUUID()}"><saml:AuthnContext><saml:AuthnContextClassRef>${context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${values}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
}

function askedIn(request: unknown): { readonly id: unknown; readonly acs: unknown } {
  if (typeof request !== "object" || request === null) throw new Error("no request in what was sent");
  return { id: Reflect.get(request, "id"), acs: Reflect.get(request, "assertionConsumerServiceUrl") };
}
