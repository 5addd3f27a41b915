/** A real OpenID provider on the loopback interface, with a page of its own on which somebody signs in. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import Provider, { type Configuration } from "oidc-provider";

export type OidcPerson = {
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
  readonly primaryGroup?: string;
  readonly acr?: string;
  readonly amr?: readonly string[];
};

export type TestOidcProvider = AsyncDisposable & {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Addresses of return that the client may use from now on. */
  allow(...redirectUris: readonly string[]): void;
  /** By what they type in; whoever is not here cannot sign in. */
  readonly people: Map<string, OidcPerson>;
  /** How often it was asked for a token. */
  tokensAsked(): number;
  /** Goes there as a browser would, signs in, and answers the address that it is sent back to. */
  signIn(url: string, login: string): Promise<string>;
};

const clientId = "sekisho";
const clientSecret = "a secret of the client that is long enough";

export async function startOidcProvider(): Promise<TestOidcProvider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256", kid: "one" };
  const people = new Map<string, OidcPerson>();
  const redirectUris: string[] = ["https://nowhere.example/"];
  let handler: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/token") === true) asked += 1;
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${addressOf(server.address()).port}`;

  /** A provider cannot change its clients, so there is a new one, with the same keys and people. */
  const lay = () => {
    const provider = new Provider(issuer, configuration(people, redirectUris, key));
    const answer = provider.callback();
    handler = (request, response) => {
      if (request.url?.startsWith("/interaction/") === true)
        void interact(provider, people, request, response).catch(() => response.writeHead(400).end());
      else void answer(request, response);
    };
  };
  lay();
  return {
    issuer,
    clientId,
    clientSecret,
    people,
    tokensAsked: () => asked,
    allow(...more) {
      redirectUris.push(...more);
      lay();
    },
    signIn: (url, login) => walk(issuer, url, login),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("no port");
  return address;
}

function configuration(
  people: ReadonlyMap<string, OidcPerson>,
  redirectUris: readonly string[],
  key: JWK,
): Configuration {
  return {
    jwks: { keys: [key] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        require_auth_time: true,
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ["a key of the cookies"] },
    claims: {
      openid: ["sub", "acr", "amr", "auth_time"],
      email: ["email", "email_verified"],
      profile: ["name"],
      groups: ["groups", "main_group"],
    },
    scopes: ["openid", "email", "profile", "groups"],
    features: { devInteractions: { enabled: false } },
    async findAccount(_context, sub) {
      const person = people.get(sub) ?? {};
      const { email, emailVerified, name, groups, primaryGroup } = person;
      return {
        accountId: sub,
        claims: async () => ({
          sub,
          ...(email === undefined ? {} : { email, email_verified: emailVerified ?? false }),
          ...(name === undefined ? {} : { name }),
          ...(groups === undefined ? {} : { groups: [...groups] }),
          ...(primaryGroup === undefined ? {} : { main_group: primaryGroup }),
        }),
      };
    },
  };
}

async function interact(
  provider: Provider,
  people: ReadonlyMap<string, OidcPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(page(details.uid));
    return;
  }
  const form = new URLSearchParams(await bodyOf(request));
  const login = form.get("login") ?? "";
  const person = people.get(login);
  if (form.has("cancel") || person === undefined) {
    const denied = { error: "access_denied", error_description: "not here" };
    return provider.interactionFinished(request, response, denied);
  }
  const grant = new provider.Grant({ accountId: login, clientId: String(details.params["client_id"]) });
  grant.addOIDCScope(String(details.params["scope"]));
  const { acr, amr } = person;
  await provider.interactionFinished(request, response, {
    login: {
      accountId: login,
      ...(acr === undefined ? {} : { acr }),
      ...(amr === undefined ? {} : { amr: [...amr] }),
    },
    consent: { grantId: await grant.save() },
  });
}

function page(uid: string): string {
  return `<!doctype html><html lang="en"><title>Identity provider</title><main><h1>Identity provider</h1>
<form method="post" action="/interaction/${uid}"><label>Login <input name="login" autofocus></label>
<button type="submit">Continue</button><button type="submit" name="cancel" value="1">Cancel</button></form></main></html>`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** Follows the provider's own redirects with its cookies, types the login, and stops where another site begins. */
async function walk(issuer: string, url: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = url;
  let form: string | undefined;
  for (let step = 0; step < 12; step += 1) {
    const answer = await fetch(next, {
      redirect: "manual",
      method: form === undefined ? "GET" : "POST",
      headers: {
        cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
        ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(form === undefined ? {} : { body: form }),
    });
    form = undefined;
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const to = answer.headers.get("location");
    if (to !== null) {
      next = new URL(to, next).href;
      if (!next.startsWith(issuer)) return next;
    } else if (answer.ok) form = new URLSearchParams({ login }).toString();
    else throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  }
  throw new Error("the provider does not send back");
}
