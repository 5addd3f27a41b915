import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { FieldBox } from "../../ui/field.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import type { Draft } from "./draft.ts";
import { useHeld } from "./effective.tsx";
import { useForm } from "./form-context.ts";
import styles from "./schedule.module.css";

type Right = "screenShare" | "chat" | "rename" | "unmute";
type Audience = Draft[Right];

const RIGHTS: readonly Right[] = ["screenShare", "chat", "rename", "unmute"];
const AUDIENCES: readonly Audience[] = ["everyone", "hosts", "nobody"];

export function RightsFields(): ReactNode {
  const t = useWords("schedule");
  return (
    <FieldBox group label={t("rights")}>
      {() => (
        <div className={styles["rights"]}>
          {RIGHTS.map((right) => (
            <RightRow key={right} right={right} />
          ))}
        </div>
      )}
    </FieldBox>
  );
}

function RightRow({ right }: { right: Right }): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const held = useHeld(right);
  const change = (value: Audience): Partial<Draft> => ({ [right]: value });
  const value =
    held.fixedBy === undefined ? draft[right] : (AUDIENCES.find((one) => one === held.value) ?? "nobody");
  return (
    <div className={styles["right"]}>
      <span className={styles["who"]}>{t(`right.${right}`)}</span>
      {held.fixedBy === undefined ? (
        <SelectBox
          aria-label={t(`right.${right}`)}
          value={value}
          options={AUDIENCES.map((one) => ({ value: one, label: t(`audience.${one}`) }))}
          onChange={(next) => set(change(next))}
        />
      ) : (
        <span className={styles["held"]}>
          {t(`audience.${value}`)}
          {held.fixedBy}
        </span>
      )}
    </div>
  );
}
