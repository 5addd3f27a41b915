import type { ChatMessage } from "@sekisho/contract";
import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { may, useMeeting, useMeetingState, useRoom } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { chatRead } from "../../api/live/room-updates.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { setDeviceSetting, useDeviceSetting } from "../../app-shell/device-setting.ts";
import { useWords } from "../../i18n/words.ts";
import { useKeys } from "../../keys/keys-context.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { reasonFor } from "../../meeting-shell/rights.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { formatTime } from "../../ui/date-format.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { fullName, Name } from "../../ui/person-name.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import {
  bodyOf,
  continues,
  everyoneIs,
  isUnreadable,
  sends,
  sentTo,
  stillThere,
  type Reader,
} from "./chat-model.ts";
import styles from "./chat.module.css";

export function ChatPanel(): ReactNode {
  const t = useWords("chat");
  const { store } = useMeeting();
  const room = useRoom();
  const { chat, unread } = useMeetingState();
  useEffect(() => {
    if (unread > 0) store.update(chatRead);
  }, [store, unread]);
  return (
    <div className={styles["chat"]}>
      <Log messages={chat} reader={{ selfId: room.meta.selfId, rooms: room.meta.breakouts?.rooms ?? [] }} />
      {may(room.meta, "chat.send") ? (
        <Write room={room} />
      ) : (
        <div className={styles["form"]}>
          <Note>{t("off", { reason: t(reasonFor(room.meta, "chat")) })}</Note>
        </div>
      )}
    </div>
  );
}

/** Stays at the newest message unless somebody has scrolled up to read. */
function Log({ messages, reader }: { messages: readonly ChatMessage[]; reader: Reader }): ReactNode {
  const t = useWords("chat");
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    if (log.current !== null && atEnd.current) log.current.scrollTop = log.current.scrollHeight;
  }, [messages]);
  return (
    <div
      ref={log}
      className={styles["log"]}
      role="log"
      aria-label={t("log")}
      // Keyboard readers scroll it.
      tabIndex={0}
      onScroll={(event) => {
        const box = event.currentTarget;
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
      }}
    >
      <p className={styles["since"]}>{t("since")}</p>
      {messages.map((message, at) => (
        <Message
          key={message.id}
          message={message}
          reader={reader}
          joined={continues(message, messages[at - 1])}
        />
      ))}
    </div>
  );
}

interface MessageProps {
  message: ChatMessage;
  reader: Reader;
  joined: boolean;
}

function Message({ message, reader, joined }: MessageProps): ReactNode {
  const t = useWords("chat");
  const locale = useUiLocale();
  const own = message.fromId === reader.selfId;
  const { key, name } = sentTo(message, reader);
  return (
    <article className={styles["message"]} data-continues={joined || undefined}>
      <p className={joined ? "sr-only" : styles["head"]}>
        <span className={styles["from"]}>{own ? t("you") : <Name>{message.fromName}</Name>}</span>
        <time dateTime={new Date(message.at).toISOString()}>{formatTime(message.at, locale)}</time>
        <span className={message.to === "everyone" ? undefined : styles["private"]}>{t(key, { name })}</span>
      </p>
      {isUnreadable(message) ? (
        <p className={styles["unreadable"]}>{t("unreadable")}</p>
      ) : (
        <p className={styles["text"]}>{message.text}</p>
      )}
    </article>
  );
}

function Write({ room }: { room: RoomState }): ReactNode {
  const t = useWords("chat");
  const id = useId();
  const { store, commands } = useMeeting();
  const { busy, problem, run } = useCommand();
  const mode = useDeviceSetting("chatSend");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("everyone");
  const others = room.people.filter((one) => one.id !== room.meta.selfId);
  const to = stillThere(chosen, others);
  const everyone = everyoneIs(room.meta);
  const reader = usePlaceholder(to, room, others);
  const sealed = useKeys() !== null;
  const placeholder = sealed && to !== null ? t("placeholder.sealed", { reader }) : reader;
  const send = async () => {
    if (text.trim() === "" || to === null) return;
    const body = bodyOf(to, text, clientId());
    const done = await run(async () =>
      store.receive({ type: "chat", message: await commands.sendChat(body) }),
    );
    if (done) setText("");
  };
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <To id={id} value={to} others={others} everyone={everyone} onChange={setChosen} />
      {to === null && <Note tone="warn">{t(everyone === "everyone" ? "gone" : "gone.here")}</Note>}
      <div className={styles["write"]}>
        <textarea
          className={styles["field"]}
          rows={1}
          maxLength={2000}
          value={text}
          aria-label={placeholder}
          placeholder={placeholder}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (!sends(event, mode)) return;
            event.preventDefault();
            void send();
          }}
        />
        <Button type="submit" busy={busy ? t("send") : undefined} unavailable={to === null}>
          {t("send")}
        </Button>
      </div>
      <ProblemNote problem={problem} />
      <p className={styles["hint"]}>{t(mode === "enter" ? "enter" : "ctrlEnter")}</p>
      <Switch
        showLabel
        label={t("mode")}
        on={mode === "ctrlEnter"}
        valueText={t(mode === "ctrlEnter" ? "on" : "offWord")}
        onChange={(on) => setDeviceSetting("chatSend", on ? "ctrlEnter" : "enter")}
      />
    </form>
  );
}

type Others = RoomState["people"];

interface ToProps {
  id: string;
  value: string | null;
  others: Others;
  everyone: ReturnType<typeof everyoneIs>;
  onChange: (to: string) => void;
}

/** Equal names are told apart by what stands in parentheses. */
function To({ id, value, others, everyone, onChange }: ToProps): ReactNode {
  const t = useWords("chat");
  const { lang } = useUiLocale();
  return (
    <div className={styles["to"]}>
      <label htmlFor={id}>{t("to")}</label>
      <SelectBox
        id={id}
        value={value ?? ""}
        options={[
          ...(value === null ? [{ value: "", label: t("choose") }] : []),
          { value: "everyone", label: t(`to.${everyone}`) },
          { value: "hosts", label: t("to.hosts") },
          ...others.map((one) => ({
            value: one.id,
            label: fullName(lang, one.displayName, one.affiliation),
          })),
        ]}
        onChange={onChange}
      />
    </div>
  );
}

/** Names the reader again right where one writes. */
function usePlaceholder(to: string | null, { meta }: RoomState, others: Others): string {
  const t = useWords("chat");
  if (to === null) return t(everyoneIs(meta) === "everyone" ? "gone" : "gone.here");
  if (to === "hosts") return t("placeholder.hosts");
  if (to === "everyone") return t(`placeholder.${everyoneIs(meta)}`);
  return t("placeholder.one", { name: others.find((one) => one.id === to)?.displayName ?? "" });
}

/** Unique per message, so that a repeated request is not a second message. */
function clientId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
