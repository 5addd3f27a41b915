/** An OpenID provider in an attacker's hands: its document and its tokens say whatever the test has them say, signed well. */
import { createServer, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from "jose";

export type HostileOidc = AsyncDisposable & {
  readonly issuer: string;
  /** Fields of its own document, instead of the right ones. */
  document: Readonly<Record<string, unknown>>;
  /** What the next ID token says, instead of the right thing. */
  claims: Readonly<Record<string, unknown>>;
  /** By whom it is signed: its own key, another one under the same name, or nobody. */
  signer: "own" | "other" | "nobody";
  /** Instead of the token's answer: sends the server somewhere else. */
  redirect: string | null;
  /** What it saw of the last request for a token. */
  readonly seen: URLSearchParams;
};

export async function startHostileOidc(clientId: string): Promise<HostileOidc> {
  const own = await generateKeyPair("RS256");
  const other = await generateKeyPair("RS256");
  const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "one", alg: "RS256", use: "sig" }] };
  const state: Pick<HostileOidc, "document" | "claims" | "signer" | "redirect"> & { seen: URLSearchParams } =
    {
      document: {},
      claims: {},
      signer: "own",
      redirect: null,
      seen: new URLSearchParams(),
    };
  let issuer = "";

  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: clientId, sub: "eve", iat: now, exp: now + 300 };
    const payload: JWTPayload = { ...right, ...state.claims };
    if (state.signer === "nobody") return new UnsecuredJWT(payload).encode();
    const key = state.signer === "own" ? own.privateKey : other.privateKey;
    return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(key);
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", issuer).pathname;
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      if (path === "/.well-known/openid-configuration")
        return json(response, { ...documentOf(issuer), ...state.document });
      if (path === "/jwks") return json(response, jwks);
      state.seen = new URLSearchParams(body);
      if (state.redirect !== null) return response.writeHead(302, { location: state.redirect }).end();
      void idToken().then((token) =>
        json(response, { access_token: "a", token_type: "Bearer", expires_in: 60, id_token: token }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  issuer = `http://127.0.0.1:${address.port}`;
  return Object.assign(state, {
    issuer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

function documentOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post"],
  };
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}
