import type { BarrierRulesView, BarrierStatus } from "@sekisho/contract";
import { useMemo, useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Radios } from "../../ui/choice.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { Note } from "../../ui/note.tsx";
import { ExceptionsField } from "./exceptions-field.tsx";
import { LimitFields } from "./limit-fields.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { ruleEdits, type RuleName } from "./rules-model.ts";
import { UngroupedChoice } from "./switch-dialog.tsx";

export interface RuleDialogProps {
  rule: RuleName;
  status: BarrierStatus;
  onClose: () => void;
}

/** One rule, one dialog, one version: what it breaks stands in the dialog that changes it. */
export function RuleDialog({ rule, status, onClose }: RuleDialogProps): ReactNode {
  const r = useWords("barriers-settings");
  // What was open stays open, whatever others save meanwhile; saving then says so.
  const [before] = useState(status.rules);
  const [rules, setRules] = useState(before);
  const edits = useMemo(() => ruleEdits(before, rules), [before, rules]);
  const loosens = rule === "manualGroupEdits" ? rules.manualGroupEdits : rules.joinBeforeHost === "unlocked";
  const isSwitch = rule === "manualGroupEdits" || rule === "joinBeforeHost";
  return (
    <ReviewDialog
      title={r(`rule.${rule}`)}
      edits={edits}
      version={status.version}
      confirm={r(isSwitch && loosens ? `confirm.${rule}` : "confirm")}
      onClose={onClose}
    >
      <RuleFields
        rule={rule}
        rules={rules}
        editors={status.editors}
        onChange={(change) => setRules({ ...rules, ...change })}
      />
    </ReviewDialog>
  );
}

export interface RuleFieldsProps {
  rule: RuleName;
  rules: BarrierRulesView;
  editors: number;
  onChange: (change: Partial<BarrierRulesView>) => void;
}

export function RuleFields({ rule, rules, editors, onChange }: RuleFieldsProps): ReactNode {
  switch (rule) {
    case "ungrouped":
      return <UngroupedChoice value={rules.ungrouped} onChange={(ungrouped) => onChange({ ungrouped })} />;
    case "joinBeforeHost":
      return <JoinBeforeHost value={rules.joinBeforeHost} onChange={onChange} />;
    case "exceptions":
      return (
        <ExceptionsField
          value={rules.exceptions}
          onChange={(exceptions) => onChange({ exceptions: [...exceptions] })}
        />
      );
    case "manualGroupEdits":
      return <ManualEdits value={rules.manualGroupEdits} onChange={onChange} />;
    case "secondPerson":
      return <SecondPerson value={rules.secondPerson} editors={editors} onChange={onChange} />;
    case "staleLimits":
      return <LimitFields value={rules.staleLimits} onChange={(staleLimits) => onChange({ staleLimits })} />;
  }
}

type Change = Pick<RuleFieldsProps, "onChange">;

function JoinBeforeHost({
  value,
  onChange,
}: Change & { value: BarrierRulesView["joinBeforeHost"] }): ReactNode {
  const r = useWords("barriers-settings");
  return (
    <>
      <FieldBox group label={r("rule.joinBeforeHost")}>
        {() => (
          <Radios
            cards
            label={r("rule.joinBeforeHost")}
            value={value}
            onChange={(joinBeforeHost) => onChange({ joinBeforeHost })}
            options={(["lockedOff", "unlocked"] as const).map((choice) => ({
              value: choice,
              label: r(`joinBeforeHost.${choice}`),
              hint: r(`joinBeforeHost.${choice}.hint`),
            }))}
          />
        )}
      </FieldBox>
      {value === "unlocked" && <Note tone="warn">{r("joinBeforeHost.warning")}</Note>}
    </>
  );
}

function ManualEdits({ value, onChange }: Change & { value: boolean }): ReactNode {
  const r = useWords("barriers-settings");
  return (
    <>
      <FieldBox group label={r("rule.manualGroupEdits")}>
        {() => (
          <Radios
            cards
            label={r("rule.manualGroupEdits")}
            value={value ? "on" : "off"}
            onChange={(choice) => onChange({ manualGroupEdits: choice === "on" })}
            options={(["off", "on"] as const).map((choice) => ({
              value: choice,
              label: r(`manual.${choice}`),
              hint: r(`manual.${choice}.hint`),
            }))}
          />
        )}
      </FieldBox>
      {value && <Note tone="warn">{r("manual.warning")}</Note>}
    </>
  );
}

function SecondPerson({
  value,
  editors,
  onChange,
}: Change & { value: BarrierRulesView["secondPerson"]; editors: number }): ReactNode {
  const r = useWords("barriers-settings");
  return (
    <>
      <FieldBox group label={r("rule.secondPerson")}>
        {() => (
          <Radios
            cards
            label={r("rule.secondPerson")}
            value={value}
            onChange={(secondPerson) => onChange({ secondPerson })}
            options={(["auto", "always", "never"] as const).map((choice) => ({
              value: choice,
              label: r(`secondPerson.${choice}`, { count: editors }),
              hint: r(`secondPerson.${choice}.hint`, { count: editors }),
            }))}
          />
        )}
      </FieldBox>
      {value === "never" && <Note tone="warn">{r("secondPerson.warning")}</Note>}
      {value === "always" && editors < 2 && <Note tone="warn">{r("secondPerson.alone")}</Note>}
    </>
  );
}
