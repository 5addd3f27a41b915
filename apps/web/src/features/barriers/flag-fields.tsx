import type { BarrierFlag } from "@sekisho/domain";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { FieldError } from "../../ui/field.tsx";
import styles from "./editor.module.css";
import { isIncluded, isInForce, outsideFlags, softFlags, withFlag } from "./flags.ts";

export interface FlagFieldsProps {
  flags: readonly BarrierFlag[];
  onChange: (flags: readonly BarrierFlag[]) => void;
  error: string | undefined;
}

export function FlagFields(props: FlagFieldsProps): ReactNode {
  const t = useWords("barriers");
  const hard = props.flags.includes("meeting");
  return (
    <div className={styles["flags"]} data-error={props.error !== undefined || undefined} tabIndex={-1}>
      <Group title={t("flags.meeting")}>
        <Checkbox
          checked={hard}
          hint={t("flag.meeting.hint")}
          onChange={(on) => props.onChange(withFlag(props.flags, "meeting", on))}
        >
          {t("flag.meeting")}
        </Checkbox>
      </Group>
      <div className={styles["columns"]}>
        <Group title={t("flags.soft")}>
          {softFlags.map((flag) => (
            <Flag key={flag} flag={flag} {...props} />
          ))}
          {hard && <p className={styles["hint"]}>{t("included")}</p>}
        </Group>
        <Group title={t("flags.outside")}>
          {outsideFlags.map((flag) => (
            <Flag key={flag} flag={flag} {...props} />
          ))}
        </Group>
      </div>
      <p className={styles["hint"]}>{t("later.note")}</p>
      {props.error !== undefined && <FieldError>{props.error}</FieldError>}
    </div>
  );
}

function Flag({ flag, flags, onChange }: FlagFieldsProps & { flag: BarrierFlag }): ReactNode {
  const t = useWords("barriers");
  const included = isIncluded(flags, flag);
  return (
    <Checkbox
      checked={included || flags.includes(flag)}
      {...(included ? { fixedBy: <span className="sr-only">{t("included")}</span> } : {})}
      onChange={(on) => onChange(withFlag(flags, flag, on))}
    >
      {t(`flag.${flag}`)}
      {!isInForce(flag) && <span className={styles["later"]}>{t("later")}</span>}
    </Checkbox>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div role="group" aria-label={title} className={styles["flag-group"]}>
      <p className={styles["label"]}>{title}</p>
      {children}
    </div>
  );
}
