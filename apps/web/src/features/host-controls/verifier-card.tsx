import Check from "lucide-react/icons/check";
import BadgeCheck from "lucide-react/icons/badge-check";
import BuildingComplex from "lucide-react/icons/building-complex";
import ChevronLeft from "lucide-react/icons/chevron-left";
import FileCheck from "lucide-react/icons/file-check";
import IdCard from "lucide-react/icons/id-card";
import MailCheck from "lucide-react/icons/mail-check";
import MonitorCheck from "lucide-react/icons/monitor-check";
import X from "lucide-react/icons/x";
import type { LobbyRowView } from "@sekisho/contract";
import { verificationMethods } from "@sekisho/domain";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { formatTime } from "../../ui/date-format.ts";
import { keyOf } from "../../ui/ime.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { NamedConfirm } from "../../ui/named-confirm.tsx";
import { Note } from "../../ui/note.tsx";
import { Name } from "../../ui/person-name.tsx";
import { useKeyDown } from "../../ui/use-key-down.ts";
import { isMineToEnd, openMethods, shownToMe } from "./call-model.ts";
import { CallSection } from "./call-section.tsx";
import { blockedBy, cardFacts, needsOf, stillChosen, type CardFact, type Choice } from "./card-model.ts";
import { DenyDialog } from "./deny-dialog.tsx";
import { StandIn } from "./stand-in.tsx";
import styles from "./card.module.css";

export interface VerifierCardProps {
  room: RoomState;
  row: LobbyRowView;
  /** Decide later: ✕, Escape and the button all do this. */
  onClose: () => void;
}

/** Look, choose how it was checked, and only then press the button that carries the person's name. */
export function VerifierCard({ room, row, onClose: onClosed }: VerifierCardProps): ReactNode {
  const t = useWords("host-controls");
  const id = useId();
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const [chosen, setChoice] = useState<Choice>({ method: null, reason: "" });
  const [denying, setDenying] = useState(false);
  const needs = needsOf(row, room.meta);
  const choice = stillChosen(chosen, row, room.meta.selfId);
  // Once it has come to a call, the method is what follows from it; what is known of the person was looked at before.
  const called = row.call !== null || shownToMe(row, room.meta.selfId) !== null;
  const blocked = blockedBy(needs, choice);
  const heading = useHeading(row);
  const onClose = () => {
    // Nobody is left in a call that nobody looks at.
    if (isMineToEnd(row, room.meta.selfId)) void run(commands.endCall);
    onClosed();
  };
  const card = useRef<HTMLElement>(null);
  useKeyDown(card, (event) => {
    if (keyOf(event) !== "Escape" || denying) return;
    event.stopPropagation();
    onClose();
  });
  const admit = () => {
    const body = {
      rows: [{ admissionId: row.id, revision: row.revision }],
      method: needs.method ? choice.method : null,
      standInReason: needs.reason ? choice.reason.trim() : null,
    };
    void run(() => commands.admit(body)).then((done) => done && onClosed());
  };
  return (
    <section ref={card} role="dialog" aria-labelledby={id} className={styles["card"]}>
      <div className={styles["card-body"]}>
        <CardTop row={row} id={id} heading={heading} waiting={room.lobby.length} onClose={onClose} />
        <CallSection room={room} row={row} />
        {!called && <Facts row={row} />}
        {needs.method && !needs.notMine && !needs.locked && (
          <Methods choice={choice} open={openMethods(row, room.meta.selfId)} onChange={setChoice} />
        )}
        {needs.reason && !needs.locked && <StandInFor {...{ room, choice }} onChange={setChoice} />}
        {called && <Facts row={row} />}
        {needs.locked && <Note tone="warn">{t("lockedNote")}</Note>}
      </div>
      <div className={styles["card-foot"]}>
        <ProblemNote problem={problem} />
        {needs.locked ? (
          <Button
            size="large"
            wide
            busy={busy ? t("unlockFirst") : undefined}
            onClick={() => void run(() => commands.lock(false))}
          >
            {t("unlockFirst")}
          </Button>
        ) : (
          <>
            <NamedConfirm
              label={t("admit", { name: row.displayName })}
              subject={`${row.id}/${row.revision}`}
              busy={busy ? t("admitting") : undefined}
              unavailable={blocked !== null}
              onConfirm={admit}
            />
            {blocked !== null && <p className={styles["hint"]}>{t(blocked)}</p>}
          </>
        )}
        <div className={styles["pair"]}>
          <Button onClick={onClose}>{t("later")}</Button>
          <Button kind="danger-quiet" onClick={() => setDenying(true)}>
            {t("deny")}
          </Button>
        </div>
      </div>
      {denying && <DenyDialog row={row} onClose={() => setDenying(false)} onDone={onClosed} />}
    </section>
  );
}

/** The focus lands on the name, so that it is the first thing read. Not again when only the revision grows. */
function useHeading(row: LobbyRowView) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [row.id]);
  return heading;
}

interface CardTopProps {
  row: LobbyRowView;
  id: string;
  heading: { readonly current: HTMLHeadingElement | null };
  waiting: number;
  onClose: () => void;
}

function CardTop({ row, id, heading, waiting, onClose }: CardTopProps): ReactNode {
  const t = useWords("host-controls");
  const locale = useUiLocale();
  return (
    <header className={styles["card-top"]}>
      <Button kind="quiet" className={styles["card-back"]} icon={<ChevronLeft />} onClick={onClose}>
        {t("card.back", { count: waiting })}
      </Button>
      <div>
        <p className={styles["meta"]}>{t("card.meta", { time: formatTime(row.requestedAt, locale) })}</p>
        <h2 id={id} ref={heading} tabIndex={-1} className={styles["card-name"]}>
          <Name>{row.displayName}</Name>
        </h2>
        {row.affiliation !== "" && (
          <p className={styles["card-sub"]}>
            <Name>{row.affiliation}</Name>
          </p>
        )}
      </div>
      <IconButton label={t("later")} onClick={onClose}>
        <X />
      </IconButton>
    </header>
  );
}

const factIcons = {
  invited: <MailCheck />,
  registration: <MailCheck />,
  name: <IdCard />,
  belongs: <BuildingComplex />,
  identity: <BadgeCheck />,
  agreement: <FileCheck />,
  device: <MonitorCheck />,
} as const satisfies Record<CardFact["id"], ReactNode>;

function Facts({ row }: { row: LobbyRowView }): ReactNode {
  const t = useWords("host-controls");
  const locale = useUiLocale();
  const paramsOf = ({ version, at }: CardFact) => ({
    version: version ?? "",
    time: at === undefined ? "" : formatTime(at, locale),
  });
  return (
    <dl className={styles["facts"]}>
      {cardFacts(row).map((fact) => (
        <div key={fact.id} className={styles["fact"]} data-tone={fact.tone}>
          <dt>
            {factIcons[fact.id]}
            {t.maybe(fact.label)}
          </dt>
          <dd>{t.maybe(fact.text, paramsOf(fact))}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ChoiceProps {
  choice: Choice;
  onChange: (choice: Choice) => void;
}

function Methods({ choice, open, onChange }: ChoiceProps & { open: ReadonlySet<string> }): ReactNode {
  const t = useWords("host-controls");
  const id = useId();
  // A registration that is none is no way that could open yet, as a call is.
  const isOffered = (method: string) => method !== "registrationMatch" || open.has(method);
  return (
    <div className={styles["methods"]}>
      <h3 id={id}>{t("methods")}</h3>
      <div role="radiogroup" aria-labelledby={id} className={styles["method-row"]}>
        {verificationMethods.filter(isOffered).map((method) => (
          <label key={method} className={styles["method"]} data-closed={!open.has(method) || undefined}>
            <input
              type="radio"
              name={id}
              value={method}
              checked={choice.method === method}
              aria-disabled={!open.has(method) || undefined}
              aria-describedby={open.has(method) ? undefined : `${id}-call`}
              onChange={() => open.has(method) && onChange({ ...choice, method })}
            />
            <Check />
            {t(`method.${method}`)}
          </label>
        ))}
      </div>
      <p className={styles["hint"]}>{t("methods.note")}</p>
      {!open.has("voiceAndFace") && (
        <p id={`${id}-call`} className={styles["hint"]}>
          {t("methods.call")}
        </p>
      )}
    </div>
  );
}

function StandInFor({ room, choice, onChange }: ChoiceProps & { room: RoomState }): ReactNode {
  return (
    <StandIn room={room} reason={choice.reason} onChange={(reason) => onChange({ ...choice, reason })} />
  );
}
