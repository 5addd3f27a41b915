import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { cx } from "../../ui/cx.ts";
import { FieldError } from "../../ui/field.tsx";
import { Note } from "../../ui/note.tsx";
import { Card } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { SearchSelect, type Choice } from "../../ui/search-select.tsx";
import { Switch } from "../../ui/switch.tsx";
import { TextField } from "../../ui/text-field.tsx";
import styles from "./editor.module.css";
import { FlagFields } from "./flag-fields.tsx";
import type { PolicyDraft } from "./policy-draft.ts";
import { PrimaryNote } from "./primary-note.tsx";
import type { Search } from "./use-barriers.ts";

export interface PolicyEditorProps {
  draft: PolicyDraft;
  onChange: (draft: PolicyDraft) => void;
  reason: string;
  onReason: (reason: string) => void;
  isNew: boolean;
  groupsOfA: Search;
  groupsOfB: Search;
  otherGroupsMatter: number;
  onOtherGroups: () => void;
  errorOf: (field: "pair" | "flags" | "reason") => string | undefined;
  onLeave: (field: "pair" | "flags" | "reason") => void;
  /** The id of a policy that this pair has already. */
  existing: string | undefined;
}

/** The policy as a sentence: these two groups cannot do the following with each other. */
export function PolicyEditor(props: PolicyEditorProps): ReactNode {
  const t = useWords("barriers");
  const { draft, onChange } = props;
  return (
    <Card>
      <div className={styles["form"]}>
        <header className={styles["head"]}>
          <h2 className={styles["title"]}>{t(props.isNew ? "policy.new" : "policy.edit")}</h2>
          <Switch
            showLabel
            label={t("enabled")}
            on={draft.enabled}
            onChange={(enabled) => onChange({ ...draft, enabled })}
          />
        </header>
        <Pair {...props} />
        <FlagFields
          flags={draft.flags}
          error={props.errorOf("flags")}
          onChange={(flags) => onChange({ ...draft, flags })}
        />
        <TextField
          label={t("reason")}
          hint={t("reason.hint")}
          required
          maxLength={500}
          autoComplete="off"
          value={props.reason}
          onChange={props.onReason}
          onBlur={() => props.onLeave("reason")}
          error={props.errorOf("reason")}
        />
        <PrimaryNote count={props.otherGroupsMatter} onOpen={props.onOtherGroups} />
      </div>
    </Card>
  );
}

function Pair({
  draft,
  isNew,
  onChange,
  groupsOfA,
  groupsOfB,
  existing,
  errorOf,
}: PolicyEditorProps): ReactNode {
  const t = useWords("barriers");
  const error = errorOf("pair");
  const box = (value: Choice | undefined, search: Search, label: string, pick: (choice: Choice) => void) => (
    <span className={cx(styles["group"], isLong(value?.name ?? "") && styles["long"])}>
      <SearchSelect
        strong
        label={label}
        value={value}
        found={search.found}
        onSearch={search.onSearch}
        onPick={pick}
        placeholder={t("group.choose")}
        nothing={t("group.nothing")}
        foot={search.more > 0 ? t("group.more", { count: search.more }) : undefined}
        invalid={error !== undefined && value === undefined}
      />
    </span>
  );
  // A policy is its pair: for another pair there is another policy.
  if (!isNew) return <FixedPair draft={draft} />;
  const a = box(draft.a, groupsOfA, t("group.one"), (choice) => onChange({ ...draft, a: choice }));
  const b = box(draft.b, groupsOfB, t("group.other"), (choice) => onChange({ ...draft, b: choice }));
  const same = draft.a !== undefined && draft.a.id === draft.b?.id;
  return (
    <div className={styles["sentence"]} role="group" aria-label={t("group.pair")}>
      <p className={styles["words"]}>{t.rich("sentence", { a, b })}</p>
      {same && <p className={styles["same"]}>{t("sentence.same", { name: draft.a?.name ?? "" })}</p>}
      {existing !== undefined && (
        <Note tone="warn" role="status">
          {t.rich("policy.exists", {
            link: <Link href={`/barriers/policies/${existing}`}>{t("policy.exists.link")}</Link>,
          })}
        </Note>
      )}
      {error !== undefined && <FieldError>{error}</FieldError>}
    </div>
  );
}

/** Longer than the ordinary field: about seven full-width or fourteen narrow letters. */
function isLong(name: string): boolean {
  return [...name].reduce((width, letter) => width + (letter > "\u2000" ? 2 : 1), 0) > 14;
}

function FixedPair({ draft: { a, b } }: Pick<PolicyEditorProps, "draft">): ReactNode {
  const t = useWords("barriers");
  const group = (choice: Choice | undefined) => (
    <b className={styles["fixed"]}>
      <Name>{choice?.name ?? ""}</Name>
    </b>
  );
  return (
    <p className={styles["words"]}>
      {a?.id === b?.id
        ? t.rich("sentence.own", { a: group(a) })
        : t.rich("sentence", { a: group(a), b: group(b) })}
    </p>
  );
}
