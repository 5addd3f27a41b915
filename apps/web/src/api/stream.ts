/** The one event stream of a meeting: own admission, the room, chat. Reconnects by itself; a fresh snapshot follows. */
import { build, type StreamMessage } from "@sekisho/contract";
import { parseMessage } from "./unsafe.ts";

export type StreamHandlers = {
  readonly onMessage: (message: StreamMessage) => void;
  /**
   * `lost` after the connection broke; `open` when it stands (again); `refused` when the server answered and gave no stream,
   * which is tried again; `gone` when it refused it for good.
   */
  readonly onState: (state: "open" | "lost" | "refused" | "gone") => void;
};

/** Silence longer than this means the connection is dead even if the browser has not noticed (SEC-6: 5 s). */
const silenceMs = 12_000;

/** `link`: the link's secret part or the meeting number. Returns a function that closes the stream. */
export function openStream(link: string, handlers: StreamHandlers): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let attempt = 0;

  function heard() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => lost(), silenceMs);
  }

  function connect() {
    source = new EventSource(`/api/m/${encodeURIComponent(link)}/stream?build=${build}`, {
      withCredentials: true,
    });
    source.addEventListener("open", () => {
      attempt = 0;
      heard();
      handlers.onState("open");
    });
    source.addEventListener("message", (event: MessageEvent<string>) => {
      heard();
      handlers.onMessage(parseMessage(event.data));
    });
    // The server's word that there is no place for this person: no further try.
    source.addEventListener("gone", () => {
      close();
      handlers.onState("gone");
    });
    const opened = source;
    source.addEventListener("error", () => {
      // An answer that is no stream closes the source; a line that broke does not.
      const refused = opened.readyState === EventSource.CLOSED;
      lost();
      if (refused && !closed) handlers.onState("refused");
    });
    heard();
  }

  function lost() {
    if (closed) return;
    source?.close();
    clearTimeout(watchdog);
    clearTimeout(retry);
    handlers.onState("lost");
    attempt += 1;
    const wait = Math.min(8000, 250 * 2 ** attempt) * (0.5 + Math.random() / 2);
    retry = setTimeout(connect, wait);
  }

  function close() {
    closed = true;
    source?.close();
    clearTimeout(retry);
    clearTimeout(watchdog);
  }

  connect();
  return close;
}
