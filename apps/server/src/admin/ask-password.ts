/** A password from the terminal without showing it, or from the first line of what is piped in. Never from a flag. */
import { createInterface } from "node:readline";

export async function askPassword(prompt: string): Promise<string> {
  return process.stdin.isTTY ? fromTerminal(prompt) : firstLine(process.stdin);
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input });
  for await (const line of lines) return line;
  return "";
}

function fromTerminal(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true).setEncoding("utf8").resume();
  return new Promise((resolve, reject) => {
    let typed = "";
    function end(): void {
      stdin.removeListener("data", take);
      stdin.setRawMode(false).pause();
      stderr.write("\n");
    }
    function take(chunk: string): void {
      for (const letter of chunk) {
        if (letter === "\u0003") {
          end();
          reject(new Error("stopped"));
          return;
        }
        if (letter === "\r" || letter === "\n" || letter === "\u0004") {
          end();
          resolve(typed);
          return;
        }
        typed = letter === "\u007F" || letter === "\b" ? [...typed].slice(0, -1).join("") : typed + letter;
      }
    }
    stdin.on("data", take);
  });
}
