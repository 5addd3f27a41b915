import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const everyMs = 250;
const shells = /^-?(?:ba|da|a|k|z|fi)?sh$|^busybox$/;

/** Who started us when this module was loaded: taken early, while they are surely still there. */
const line = lineage();

/**
 * Calls back once when npm, or the shell npm put between us and itself, is gone. npm passes SIGTERM to that shell,
 * which dies of it and tells nobody; a kill or a hang-up of npm reaches neither. Started without npm, nothing is
 * watched: whoever put the process into the background on purpose wants it to stay.
 */
export function onParentGone(callback) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const timer = setInterval(() => {
    if (isWhole()) return;
    clearInterval(timer);
    callback();
  }, everyMs);
  timer.unref();
}

function lineage() {
  const parent = process.ppid;
  const found = look(parent);
  return { parent, above: found !== null && shells.test(found.name) ? found.parent : null };
}

/** A process that dies gives its children to somebody else, also while nobody has reaped it. */
function isWhole() {
  if (process.ppid !== line.parent) return false;
  if (line.above === null) return true;
  return process.platform === "linux" ? look(line.parent)?.parent === line.above : isAlive(line.above);
}

/** Name and parent of a process, or `null` when it is gone. */
function look(pid) {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const end = stat.lastIndexOf(")");
      const name = stat.slice(stat.indexOf("(") + 1, end);
      return { name, parent: Number(stat.slice(end + 2).split(" ")[1]) };
    } catch {
      return null;
    }
  }
  const said = spawnSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  const [, parent, path] = /^\s*(\d+)\s+(.+?)\s*$/.exec(said) ?? [];
  return parent === undefined ? null : { name: path.split("/").at(-1), parent: Number(parent) };
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
