import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { childEnvironment } from "../../config/environment.ts";
import { StartProblem } from "../../config/start-problem.ts";

/** How a program is run: as whom, and behind which other program. Folders it writes to belong to `owner`. */
export type RunAs = {
  readonly ids: { readonly uid?: number; readonly gid?: number };
  readonly prefix: readonly string[];
  readonly owner: { readonly uid: number; readonly gid: number } | null;
};

type Account = { uid: number; gid: number };

export type RunAsQuestion = {
  /** Folder the program must be able to enter; its owner is the first choice. */
  readonly folder: string;
  /** A folder that already belongs to the program from an earlier start, if any: then its owner decides. */
  readonly existing: string | null;
  /** A command that must succeed (for example `postgres --version`). */
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
};

/**
 * Finds an account PostgreSQL agrees to run under: it refuses root, and wants an entry in the account list.
 * Order: ourselves → owner of the folder → `postgres` → `nobody` → a user namespace. Throws `postgres_no_user`.
 */
export function chooseRunAs(question: RunAsQuestion): RunAs {
  for (const candidate of candidates(question)) {
    if (works(candidate, question)) return candidate;
  }
  throw new StartProblem("postgres_no_user", { path: question.folder });
}

function* candidates(question: RunAsQuestion): Generator<RunAs> {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) return;
  if (uid !== 0) {
    if (hasAccount(uid)) yield { ids: {}, prefix: [], owner: null };
    yield* namespaces({ uid, gid });
    return;
  }
  if (question.existing !== null) {
    const owner = statSync(question.existing);
    if (owner.uid === 0) yield* namespaces({ uid, gid });
    else yield asAccount({ uid: owner.uid, gid: owner.gid });
    return;
  }
  const owner = statSync(question.folder);
  if (owner.uid !== 0 && hasAccount(owner.uid)) yield asAccount({ uid: owner.uid, gid: owner.gid });
  for (const name of ["postgres", "nobody"]) {
    const account = accountByName(name);
    if (account) yield asAccount(account);
  }
  yield* namespaces({ uid, gid });
}

function asAccount(account: Account): RunAs {
  return { ids: account, prefix: [], owner: account };
}

/** Linux: inside a user namespace we are `nobody`, outside we stay who we are, so a private folder stays readable. */
function* namespaces(self: Account): Generator<RunAs> {
  const nobody = accountByName("nobody");
  if (process.platform !== "linux" || !nobody) return;
  const prefix = ["unshare", "--user", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, "--"];
  yield { ids: {}, prefix, owner: self };
}

function works(candidate: RunAs, question: RunAsQuestion): boolean {
  const script = 'cd "$1" && shift && exec "$@"';
  const [program, ...rest] = [
    ...candidate.prefix,
    "sh",
    "-c",
    script,
    "sh",
    question.folder,
    ...question.command,
  ];
  if (program === undefined) return false;
  const env = childEnvironment(question.env);
  return spawnSync(program, rest, { ...candidate.ids, cwd: "/", env, stdio: "ignore" }).status === 0;
}

function hasAccount(uid: number): boolean {
  return spawnSync("id", ["-nu", String(uid)], { stdio: "ignore" }).status === 0;
}

function accountByName(name: string): Account | null {
  try {
    const line = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
  } catch {
    return null;
  }
}
