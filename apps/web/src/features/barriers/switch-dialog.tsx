import type { BarrierImpact, BarrierMemberView, BarrierStatus } from "@sekisho/contract";
import { useMemo, useState, type ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { FieldBox } from "../../ui/field.tsx";
import { Radios } from "../../ui/choice.tsx";
import { Note } from "../../ui/note.tsx";
import { Name } from "../../ui/person-name.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { ruleEdits } from "./rules-model.ts";
import styles from "./settings.module.css";
import { useMembers } from "./use-barriers.ts";
import { usePreview } from "./use-preview.ts";

/** On: what it locks, who has no group and what to make of them (BAR-7, BAR-8). Off: a loosening like any other. */
export function SwitchDialog({ status, onClose }: { status: BarrierStatus; onClose: () => void }): ReactNode {
  return status.rules.on ? (
    <Off status={status} onClose={onClose} />
  ) : (
    <On status={status} onClose={onClose} />
  );
}

function On({ status, onClose }: { status: BarrierStatus; onClose: () => void }): ReactNode {
  const r = useWords("barriers-settings");
  const [ungrouped, setUngrouped] = useState(status.rules.ungrouped);
  const edits = useMemo(
    () => ruleEdits(status.rules, { on: true, ungrouped, joinBeforeHost: "lockedOff" }),
    [status.rules, ungrouped],
  );
  const members = useMembers("ungrouped", "");
  const { impact } = usePreview(edits);
  return (
    <ReviewDialog
      title={r("on.dialog")}
      edits={edits}
      version={status.version}
      confirm={r("on.confirm")}
      onClose={onClose}
    >
      <SwitchOnFacts
        impact={impact}
        ungrouped={ungrouped}
        onUngrouped={setUngrouped}
        people={members.data?.pages[0]?.members ?? []}
        total={members.data?.pages[0]?.total ?? status.ungrouped}
      />
    </ReviewDialog>
  );
}

export interface SwitchOnFactsProps {
  impact: BarrierImpact | undefined;
  ungrouped: "inherit" | "unrestricted";
  onUngrouped: (choice: "inherit" | "unrestricted") => void;
  people: readonly BarrierMemberView[];
  total: number;
}

/** How many names stand in the dialog; all of them are a page of their own. */
const NAMES = 8;

export function SwitchOnFacts(props: SwitchOnFactsProps): ReactNode {
  const r = useWords("barriers-settings");
  const t = useWords("barriers");
  const { impact, people, total, ungrouped } = props;
  return (
    <>
      <section className={styles["breaks"]}>
        <h3 className={styles["name"]}>{r("on.locks")}</h3>
        <ul>
          <li>{r("on.lock.joinBeforeHost")}</li>
          <li>
            {r("on.lock.signIn")} {impact !== undefined && r("on.guests", { count: impact.guestMeetings })}
          </li>
          <li>
            {r("on.lock.public")} {impact !== undefined && r("on.public", { count: impact.publicMeetings })}
          </li>
        </ul>
      </section>
      <section className={styles["breaks"]}>
        <h3 className={styles["name"]}>{r("on.ungrouped", { count: total })}</h3>
        {total > 0 && (
          <p>
            {people.slice(0, NAMES).map((one, at) => (
              <span key={one.accountId}>
                {at > 0 && t("list.comma")}
                <Name>{one.displayName}</Name>
              </span>
            ))}
            {total > NAMES && r("on.ungrouped.more", { count: total - NAMES })}{" "}
            <Link href="/barriers/groups/ungrouped">{r("on.ungrouped.all")}</Link>
          </p>
        )}
      </section>
      <UngroupedChoice value={ungrouped} onChange={props.onUngrouped} />
    </>
  );
}

export function UngroupedChoice({
  value,
  onChange,
}: {
  value: "inherit" | "unrestricted";
  onChange: (choice: "inherit" | "unrestricted") => void;
}): ReactNode {
  const r = useWords("barriers-settings");
  return (
    <>
      <FieldBox group label={r("rule.ungrouped")}>
        {() => (
          <Radios
            cards
            label={r("rule.ungrouped")}
            value={value}
            onChange={onChange}
            options={(["inherit", "unrestricted"] as const).map((choice) => ({
              value: choice,
              label: r(`ungrouped.${choice}`),
              hint: r(`ungrouped.${choice}.hint`),
            }))}
          />
        )}
      </FieldBox>
      {value === "unrestricted" && <Note tone="warn">{r("ungrouped.warning")}</Note>}
    </>
  );
}

function Off({ status, onClose }: { status: BarrierStatus; onClose: () => void }): ReactNode {
  const r = useWords("barriers-settings");
  const edits = useMemo(() => ruleEdits(status.rules, { on: false }), [status.rules]);
  return (
    <ReviewDialog
      title={r("off.dialog")}
      edits={edits}
      version={status.version}
      confirm={r("off.confirm")}
      danger
      onClose={onClose}
    >
      <p>{r("off.breaks", { count: status.policies })}</p>
    </ReviewDialog>
  );
}
