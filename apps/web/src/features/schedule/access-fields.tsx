import RefreshCw from "lucide-react/icons/refresh-cw";
import type { ReactNode } from "react";
import { setDeviceSetting, useDeviceSetting } from "../../app-shell/device-setting.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { CodeInput } from "../../ui/code-input.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { Contradictions } from "./contradiction-note.tsx";
import { useHeld } from "./effective.tsx";
import { useForm } from "./form-context.ts";
import { makePasscode } from "./passcode.ts";
import styles from "./schedule.module.css";

export function AccessFields(): ReactNode {
  return (
    <>
      <NumberField />
      <PasscodeField />
      <VideoField />
      <AudioField />
      <CalendarField />
    </>
  );
}

function NumberField(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  return (
    <FieldBox group label={t("number")}>
      {() => (
        <>
          <Radios
            label={t("number")}
            value={draft.meetingNumber}
            options={[
              { value: "automatic", label: t("number.automatic") },
              { value: "personal", label: t("number.personal") },
            ]}
            onChange={(meetingNumber) => set({ meetingNumber })}
          />
          <Contradictions field="meetingNumber" />
        </>
      )}
    </FieldBox>
  );
}

function PasscodeField(): ReactNode {
  const { draft, set, passcode, setPasscode, checks } = useForm();
  const t = useWords("schedule");
  const held = useHeld("passcodeRequired");
  const on = held.fixedBy === undefined ? draft.passcodeRequired : held.value === true;
  return (
    <FieldBox
      group
      label={t("passcode")}
      hint={on && passcode !== undefined ? t("passcode.hint") : undefined}
    >
      {() => (
        <>
          <Checkbox
            checked={on}
            onChange={(passcodeRequired) => set({ passcodeRequired })}
            fixedBy={held.fixedBy}
          >
            {t("passcode.required")}
          </Checkbox>
          {on && passcode === undefined && <p className={styles["hint"]}>{t("passcode.edit")}</p>}
          {on && passcode !== undefined && (
            <div className={styles["passcode"]} onBlur={checks.leave("passcode")}>
              <CodeInput
                hideLabel
                label={t("passcode")}
                value={passcode}
                onChange={setPasscode}
                error={checks.errorOf("passcode")}
              />
              <Button kind="quiet" icon={<RefreshCw />} onClick={() => setPasscode(makePasscode())}>
                {t("passcode.change")}
              </Button>
            </div>
          )}
          <Contradictions field="passcodeRequired" />
        </>
      )}
    </FieldBox>
  );
}

function VideoField(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const row = (who: "host" | "participant", value: boolean, change: (on: boolean) => void) => (
    <div className={styles["video"]}>
      <span className={styles["who"]}>{t(`video.${who}`)}</span>
      <Radios
        label={t(`video.${who}Label`)}
        value={value ? "on" : "off"}
        options={[
          { value: "on", label: t("on") },
          { value: "off", label: t("off") },
        ]}
        onChange={(next) => change(next === "on")}
      />
    </div>
  );
  return (
    <FieldBox group label={t("video")}>
      {() => (
        <div>
          {row("host", draft.hostVideo, (hostVideo) => set({ hostVideo }))}
          {row("participant", draft.participantVideo, (participantVideo) => set({ participantVideo }))}
        </div>
      )}
    </FieldBox>
  );
}

/** This server has no telephone, so there is one value and nothing to choose. */
function AudioField(): ReactNode {
  const t = useWords("schedule");
  return (
    <FieldBox group label={t("audio")}>
      {() => <p className={styles["fixed-value"]}>{t("audio.computer")}</p>}
    </FieldBox>
  );
}

function CalendarField(): ReactNode {
  const t = useWords("schedule");
  const calendar = useDeviceSetting("calendar");
  const kinds = ["outlook", "google", "ics"] as const;
  return (
    <FieldBox group label={t("calendar")} hint={t("calendar.hint")}>
      {({ describedBy }) => (
        <Radios
          label={t("calendar")}
          describedBy={describedBy}
          value={calendar}
          options={kinds.map((value) => ({ value, label: t(`calendar.${value}`) }))}
          onChange={(next) => setDeviceSetting("calendar", next)}
        />
      )}
    </FieldBox>
  );
}
