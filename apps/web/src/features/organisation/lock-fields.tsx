import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { Fields } from "../../ui/field.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { STRICT, withLock, type Locks, type StrictLock } from "./locks.ts";

export interface LockFieldsProps {
  value: Locks;
  onChange: (next: Locks) => void;
}

const STRICT_LOCKS: readonly StrictLock[] = [
  "passcodeRequired",
  "waitingRoom",
  "joinBeforeHost",
  "muteOnEntry",
  "visibility",
];

/** What no host can change, each with what follows from it. */
export function LockFields({ value, onChange }: LockFieldsProps): ReactNode {
  const t = useWords("organisation");
  return (
    <Fields>
      <div>
        {STRICT_LOCKS.map((key) => (
          <Checkbox
            key={key}
            checked={value[key] !== undefined}
            hint={t(`lock.${key}.hint`)}
            onChange={(on) => onChange(withLock(value, key, on ? STRICT[key] : undefined))}
          >
            {t(`lock.${key}`)}
          </Checkbox>
        ))}
      </div>
      <SelectField
        label={t("lock.whoMayJoin")}
        hint={t("lock.whoMayJoin.hint")}
        value={value.whoMayJoin ?? "free"}
        options={[
          { value: "free", label: t("free") },
          { value: "signedIn", label: t("who.signedIn") },
          { value: "named", label: t("who.named") },
        ]}
        onChange={(next) => onChange(withLock(value, "whoMayJoin", next === "free" ? undefined : next))}
      />
      <AudienceLock right="screenShare" value={value} onChange={onChange} />
      <AudienceLock right="chat" value={value} onChange={onChange} />
    </Fields>
  );
}

/** A lock to everybody would hold nobody back, so it is shown as no lock. */
function AudienceLock({
  right,
  value,
  onChange,
}: LockFieldsProps & { right: "screenShare" | "chat" }): ReactNode {
  const t = useWords("organisation");
  const now = value[right];
  return (
    <SelectField
      label={t(`lock.${right}`)}
      hint={t(`lock.${right}.hint`)}
      value={now === "hosts" || now === "nobody" ? now : "free"}
      options={[
        { value: "free", label: t("free") },
        { value: "hosts", label: t("audience.hosts") },
        { value: "nobody", label: t("audience.nobody") },
      ]}
      onChange={(next) => onChange(withLock(value, right, next === "free" ? undefined : next))}
    />
  );
}
