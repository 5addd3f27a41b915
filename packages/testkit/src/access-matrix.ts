/**
 * Who may call what, computed from the contract's `access` and the domain's capabilities: every route against every
 * kind of principal. The text of it is docs/ACCESS.md; the server's tests hold the real server to the same table.
 */
import type { Access, Route } from "@sekisho/contract";
import { capabilitiesOf } from "@sekisho/domain";
import { liveRoom, people } from "./arbitraries/index.ts";

export const principalKinds = [
  "nobody",
  "guest",
  "guest waiting",
  "guest admitted",
  "guest removed",
  "member",
  "member invited",
  "auditor",
  "compliance",
  "admin",
  "owner",
  "host",
  "co-host",
  "verifier",
  "disabled account",
  "service",
  "other service",
  "media server",
] as const;
export type PrincipalKind = (typeof principalKinds)[number];

/** `sign-in`: refused, and told that signing in is what is missing. */
export type Answer = "allowed" | "sign-in" | "refused";

/** Hosts, co-host and verifier are members that are admitted to the live meeting; auditor and compliance, members with that duty. */
const accountRank: Partial<Record<PrincipalKind, number>> = {
  member: 1,
  "member invited": 1,
  host: 1,
  "co-host": 1,
  verifier: 1,
  auditor: 1,
  compliance: 1,
  admin: 2,
  owner: 3,
};
const needed = { member: 1, admin: 2, owner: 3 } as const;

/** A medium meeting with the safe defaults, live, with all its roles inside. */
function abilities(): ReadonlyMap<PrincipalKind, ReadonlySet<string>> {
  const at = liveRoom({ verifier: true, rename: "nobody" }, people.coHost, people.verifier, people.customer);
  const able = (who: keyof typeof people) => capabilitiesOf(at.state, at.person(people[who]));
  return new Map([
    ["host", able("host")],
    ["co-host", able("coHost")],
    ["verifier", able("verifier")],
    ["guest admitted", able("customer")],
  ]);
}
const inside = abilities();

const toMeeting: Record<"host" | "hostOrCoHost" | "invited", readonly PrincipalKind[]> = {
  host: ["host"],
  hostOrCoHost: ["host", "co-host"],
  invited: ["host", "co-host", "verifier", "member invited"],
};

function orSignIn(kind: PrincipalKind, allowed: boolean): Answer {
  if (allowed) return "allowed";
  // A machine is known: signing in is not what it lacks.
  if (kind === "service" || kind === "other service") return "refused";
  return accountRank[kind] === undefined ? "sign-in" : "refused";
}

export function answerTo(access: Access, kind: PrincipalKind): Answer {
  switch (access.kind) {
    case "public":
    case "answer":
      return "allowed";
    case "account":
      return orSignIn(kind, (accountRank[kind] ?? 0) >= needed[access.atLeast]);
    case "signingIn":
      return orSignIn(kind, accountRank[kind] !== undefined);
    case "duty":
      return orSignIn(kind, kind === "owner" || access.oneOf.some((duty) => duty === kind));
    case "meeting":
      return orSignIn(kind, toMeeting[access.as].includes(kind));
    case "lobby":
      return inside.has(kind) || kind === "guest waiting" || kind === "guest removed" ? "allowed" : "refused";
    case "live": {
      const able = inside.get(kind);
      const may = able !== undefined && (access.capability === "participant" || able.has(access.capability));
      return may ? "allowed" : "refused";
    }
    case "service":
      return kind === "service" ? "allowed" : "refused";
    case "webhook":
      return kind === "media server" ? "allowed" : "refused";
  }
}

const marks: Record<Answer, string> = { allowed: "yes", "sign-in": "sign in", refused: "–" };

function accessText(access: Access): string {
  switch (access.kind) {
    case "account":
      return `account, ${access.atLeast}`;
    case "duty":
      return `duty, ${access.oneOf.join(" or ")}`;
    case "meeting":
      return `meeting, ${access.as}`;
    case "live":
      return access.capability;
    case "service":
      return `service, ${access.scope}`;
    default:
      return access.kind;
  }
}

/** Columns of one width, as the formatter writes them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)];
}

export function accessMatrix(routes: readonly Route[]): string {
  const sorted = routes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rows = sorted.map(({ id, method, path, access }) => [
    `\`${id}\``,
    `${method} \`${path}\``,
    accessText(access),
    ...principalKinds.map((kind) => marks[answerTo(access, kind)]),
  ]);
  return [
    "# Who may call what",
    "",
    "Made from `packages/contract` by `packages/testkit/src/access-matrix.ts`; `packages/contract/src/access-matrix.test.ts` compares. A change of this file is a change of who may do what: review it as such. To write it anew: `npx vitest run packages/contract/src/access-matrix.test.ts --update`.",
    "",
    "**yes**: allowed. **sign in**: refused, because nobody is signed in. **–**: refused; a meeting or person that one may not know of looks like one that does not exist. The meeting is live, of class low with a verifier and otherwise safe defaults; host, co-host, verifier and one guest are inside, and the other accounts are not. _Guest removed_ and _disabled account_ have a cookie that was good once; a removed guest may still be told so (access lobby), and gets no ticket. _Service_ has a credential with the route's scope, _other service_ one without.",
    "",
    ...table(["Route", "Address", "Access", ...principalKinds], rows),
    "",
  ].join("\n");
}
