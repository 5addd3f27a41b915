import type { OrganisationRulesView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { SettingRow } from "../../ui/setting-row.tsx";

/** What a new meeting starts with, and who says so: a default may be changed in the form, a lock may not (MTG-7). */
export function MeetingDefaults({ rules }: { rules: OrganisationRulesView }): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  const { defaults, locks } = rules;
  const onOff = (on: boolean) => (on ? t("on") : t("off"));
  const organisation = t("source.organisation");
  const locked = (fixed: boolean) => ({
    source: fixed ? <FixedBy>{t("source.locked")}</FixedBy> : t("source.default"),
    action: fixed ? t("fixed") : undefined,
  });
  const level = defaults.confidentiality;
  return (
    <>
      <SettingRow
        label={t("class.label")}
        hint={t("class.hint")}
        value={level === null ? t("class.none") : common(`classShort.${level}`)}
        source={level === null ? t("source.default") : organisation}
        action={undefined}
      />
      <SettingRow
        label={t("passcode.label")}
        hint={t("passcode.hint")}
        value={t("on")}
        {...locked(locks.passcodeRequired === true)}
      />
      <SettingRow
        label={t("waiting.label")}
        hint={t("waiting.hint")}
        value={t("on")}
        {...locked(locks.waitingRoom === true)}
      />
      <SettingRow
        label={t("jbh.label")}
        hint={t("jbh.hint")}
        value={t("off")}
        {...locked(locks.joinBeforeHost === false)}
      />
      <SettingRow
        label={t("mute.label")}
        hint={t("mute.hint")}
        value={onOff(locks.muteOnEntry === true || defaults.muteOnEntry)}
        {...(locks.muteOnEntry === true ? locked(true) : { source: organisation, action: undefined })}
      />
      <SettingRow
        label={t("hostVideo.label")}
        value={onOff(defaults.hostVideo)}
        source={organisation}
        action={undefined}
      />
      <SettingRow
        label={t("participantVideo.label")}
        value={onOff(defaults.participantVideo)}
        source={organisation}
        action={undefined}
      />
      <SettingRow
        label={t("duration.label")}
        value={t("duration.value", { count: defaults.durationMinutes })}
        source={organisation}
        action={undefined}
      />
    </>
  );
}
