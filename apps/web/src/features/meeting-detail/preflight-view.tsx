import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import Check from "lucide-react/icons/check";
import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import CircleX from "lucide-react/icons/circle-x";
import type { CheckLine, MeetingCheck } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { canProtectFrames } from "../../media/e2ee/can-protect.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Section } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { linesHere } from "./preflight-here.ts";
import styles from "./detail.module.css";

export interface PreflightViewProps {
  last: MeetingCheck | null;
  /** Nothing can be shared in the meeting, so that materials go out before it (CNF-1). */
  asksForMaterials: boolean;
  working: boolean;
  problem: string | undefined;
  onCheck: (materialsSent: boolean) => void;
  /** In a dialog that has the title already. */
  bare?: boolean;
  /** This browser can protect frames; told by the browser itself outside of the gallery. */
  protects?: boolean;
}

/** Facts that were just tested, each with what to do; nothing that is only claimed (CNF-6). */
export function PreflightView(props: PreflightViewProps): ReactNode {
  const { last, asksForMaterials, working, problem, onCheck, protects = canProtectFrames() } = props;
  const t = useWords("meeting-detail");
  const before = last?.lines.some(({ id, state }) => id === "materials" && state === "ok") === true;
  const [sent, setSent] = useState(before);
  const body = (
    <div className={styles["check"]}>
      {asksForMaterials && (
        <Checkbox checked={sent} hint={t("check.materials.hint")} onChange={setSent}>
          {t("check.materials")}
        </Checkbox>
      )}
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
      <div>
        <Button busy={working ? t("check.working") : undefined} onClick={() => onCheck(sent)}>
          {last === null ? t("check.run") : t("check.again")}
        </Button>
      </div>
      {last !== null && <Found check={{ ...last, lines: [...linesHere(last.lines, protects)] }} />}
    </div>
  );
  if (props.bare === true)
    return (
      <>
        <p>{t("check.note")}</p>
        {body}
      </>
    );
  return (
    <Section title={t("check")} note={t("check.note")}>
      <Card>{body}</Card>
    </Section>
  );
}

function Found({ check }: { check: MeetingCheck }): ReactNode {
  const t = useWords("meeting-detail");
  const open = check.lines.filter(({ state }) => state === "attention" || state === "notPossible").length;
  return (
    <>
      <p role="status">
        {check.by === null
          ? t.rich("check.atOnly", { time: <DateText from={check.at} /> })
          : t.rich("check.at", { time: <DateText from={check.at} />, by: <Name>{check.by}</Name> })}{" "}
        {open === 0 ? t("check.allSaid") : t("check.open", { count: open })}
      </p>
      <ul className={styles["lines"]} aria-label={t("check.lines")}>
        {check.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
    </>
  );
}

const ICONS = {
  ok: <Check />,
  attention: <CircleExclamationPoint />,
  notPossible: <CircleX />,
  unknown: <CircleQuestionMark />,
} as const;

function Line({ line }: { line: CheckLine }): ReactNode {
  const t = useWords("meeting-detail");
  return (
    <li className={styles["line"]} data-state={line.state}>
      {ICONS[line.state]}
      <span className={styles["line-text"]}>
        <span>
          <strong className={styles["line-state"]}>{t(`check.state.${line.state}`)}</strong>{" "}
          {sentenceOf(t, line)}
        </span>
        <span className={styles["line-help"]}>{t.maybe(`check.${line.id}.${line.found}.help`)}</span>
      </span>
    </li>
  );
}

type T = ReturnType<typeof useWords<"meeting-detail">>;

/** A line of a later server is told by what it is about: better than not at all. */
function sentenceOf(t: T, { id, found, value }: CheckLine): string {
  if (id === "entering") return enteringText(t, found);
  if (id === "passcodeWays" || id === "registration")
    return t(`check.${id}`, { what: countsText(t, id, value) });
  return t.maybe(`check.${id}.${found}`, { value, count: Number(value) || 0 }) ?? `${id}: ${found}`;
}

/** `sms:2 missing:1`, each in words of its own; where there is nobody, that. */
function countsText(t: T, id: "passcodeWays" | "registration", value: string): string {
  const parts = [...value.matchAll(/(\w+):(\d+)/gu)].map(([, name = "", count]) =>
    t.maybe(`check.${id}.of.${name}`, { count: Number(count) }),
  );
  if (parts.length === 0) return t(`check.${id}.nobody`);
  return parts.join(t("check.comma"));
}

function enteringText(t: T, found: string): string {
  const [mute = "", chat = "", share = ""] = found.split(".");
  const parts = [`mute.${mute}`, `chat.${chat}`, `share.${share}`];
  return t("check.entering", {
    what: parts.map((part) => t.maybe(`check.${part}`) ?? part).join(t("check.comma")),
  });
}
