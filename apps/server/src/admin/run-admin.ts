/** One command of the administrators' command line, from its words to its exit code. */
import { classicApiScopes, serviceScopes } from "@sekisho/contract";
import type { Config } from "../config/config.ts";
import { languageOf, loadConfig } from "../config/load-config.ts";
import { type Language, StartProblem } from "../config/start-problem.ts";
import { AdminProblem, say } from "./admin-problem.ts";
import { withTools, type AdminTools } from "./admin-tools.ts";
import { verifyExportFile } from "./verify-export-file.ts";
import { printLog, replayDecisions, verifyLog } from "./audit.ts";
import { acceptBarriers } from "./barriers.ts";
import { makeBackup } from "./backup.ts";
import { parseCommandLine, type CommandLine } from "./command-line.ts";
import { printOutbox } from "./outbox.ts";
import { createOwner } from "./owner-create.ts";
import { printRecoveryLink } from "./recovery-link.ts";
import { resetAccountFactors } from "./reset-factors.ts";
import { restoreBackup } from "./restore.ts";
import { serverIsReady } from "./server-health.ts";
import { createService, listServices, revokeService } from "./services.ts";

export type AdminIo = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: string;
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  askPassword(prompt: string): Promise<string>;
};

/** 0: done; 1: refused or something does not hold, with a sentence why. */
export async function runAdmin(argv: readonly string[], io: AdminIo): Promise<number> {
  let language: Language = languageOf(undefined, io.env);
  try {
    const line = parseCommandLine(argv);
    const config = loadConfig({ argv: line.forConfig, env: io.env, root: io.root });
    ({ language } = config);
    if (line.help || line.words.length === 0 || line.words[0] === "help") {
      io.print(say(language, "help", { scopes: [...serviceScopes, ...classicApiScopes].join(", ") }));
      return 0;
    }
    return (await run(line, config, io)) ? 0 : 1;
  } catch (error) {
    io.printError(sentenceOf(error, language));
    return 1;
  }
}

/** Never a stack trace: whoever types a command is told what happened, not where in our code it was noticed. */
function sentenceOf(error: unknown, language: Language): string {
  if (error instanceof AdminProblem) return say(language, error.text, error.details);
  if (error instanceof StartProblem) return error.sentence(language);
  const message = error instanceof Error ? error.message : "";
  return say(language, "failed", { reason: message.split("\n")[0] || "-" });
}

type Work = (tools: AdminTools) => Promise<boolean>;

async function run(line: CommandLine, config: Config, io: AdminIo): Promise<boolean> {
  if (line.words.join(" ") === "health") return health(config, io);
  const [first = "", second = "", file = "", head = "", ...more] = line.words;
  // Needs no database: it may run where there is none.
  if (`${first} ${second}` === "audit verify-export" && file !== "" && more.length === 0)
    return verifyExportFile({ file, head, language: config.language, print: io.print });
  const work = workOf(line, config, io);
  if (work === null) throw new AdminProblem("unknownCommand");
  return withTools(config, io.print, work);
}

/** Everything that can be checked without the database is checked before it is reached. */
function workOf(line: CommandLine, config: Config, io: AdminIo): Work | null {
  const [first = "", second = "", ...more] = line.words;
  const alone = more.length === 0;
  switch (`${first} ${second}`) {
    case "owner create": {
      const wish = {
        email: line.needed("email"),
        name: line.needed("name"),
        organisation: line.organisation,
      };
      const ask = () => io.askPassword(say(config.language, "passwordPrompt"));
      return alone ? done((tools) => createOwner(tools, wish, ask)) : null;
    }
    case "account reset-factors":
      return more.length === 1 ? done((tools) => resetAccountFactors(tools, more[0] ?? "")) : null;
    case "account recovery-link":
      return more.length === 1 ? done((tools) => printRecoveryLink(tools, more[0] ?? "")) : null;
    case "service create": {
      const name = line.needed("name");
      return alone ? done((tools) => createService(tools, name, line.scopes)) : null;
    }
    case "service list":
      return alone ? done(listServices) : null;
    case "service revoke":
      return more.length === 1 ? done((tools) => revokeService(tools, more[0] ?? "")) : null;
    case "outbox list":
      return alone ? done(printOutbox) : null;
    case "audit verify":
      return alone ? verifyLog : null;
    case "audit replay":
      return alone ? replayDecisions : null;
    case "barriers accept-version":
      return alone ? done(acceptBarriers) : null;
    case "audit export": {
      const format = line.needed("format");
      return alone ? done((tools) => printLog(tools, format, line.personal)) : null;
    }
    default:
      return fileWork(first, second, alone);
  }
}

function fileWork(word: string, file: string, alone: boolean): Work | null {
  if (!alone || file === "") return null;
  if (word === "backup") return done((tools) => makeBackup(tools, file));
  return word === "restore" ? (tools) => restoreBackup(tools, file) : null;
}

function done(work: (tools: AdminTools) => Promise<void>): Work {
  return async (tools) => {
    await work(tools);
    return true;
  };
}

async function health(config: Config, io: AdminIo): Promise<boolean> {
  const word = (good: boolean) => say(config.language, good ? "good" : "silent");
  const server = await serverIsReady(config);
  const database = await withTools(config, io.print, async ({ handle }) => {
    await handle.pool.query("select 1");
    return true;
  });
  io.print(say(config.language, "healthDatabase", { answer: word(database) }));
  io.print(say(config.language, "healthServer", { answer: word(server) }));
  return database && server;
}
