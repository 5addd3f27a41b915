import { useEffect, useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { useMedia, usePreferences } from "../../media/media-context.ts";
import type { DeviceChoice, DeviceKind } from "../../media/media-state.ts";
import { setPreferences } from "../../media/preferences.ts";
import { testSound } from "../../media/signals.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import styles from "./dialogs.module.css";

/** Microphone, camera, loudspeaker, noise suppression, sounds: all on this device. */
export function DeviceDialog({ onClose, hosting }: { onClose: () => void; hosting: boolean }): ReactNode {
  const t = useWords("room");
  const m = useWords("media");
  const media = useMedia();
  const chosen = usePreferences();
  return (
    <Dialog title={t("devices")} onClose={onClose} closable>
      <div className={styles["devices"]}>
        <Choice kind="microphone" value={chosen.microphoneId} />
        <Choice kind="camera" value={chosen.cameraId} />
        <Choice kind="speaker" value={chosen.speakerId} />
        <Switch
          showLabel
          label={m("noise")}
          on={chosen.noiseSuppression}
          valueText={m(chosen.noiseSuppression ? "on" : "off")}
          onChange={(on) => void media.setNoiseSuppression(on)}
        />
        {hosting && (
          <Switch
            showLabel
            label={t("chimeSetting")}
            on={chosen.chime}
            valueText={t(chosen.chime ? "on" : "off")}
            onChange={(on) => setPreferences({ chime: on })}
          />
        )}
        <div className={styles["test"]}>
          <Button onClick={testSound}>{m("testSound")}</Button>
          <span>{m("testSoundNote")}</span>
        </div>
      </div>
    </Dialog>
  );
}

/** A browser that cannot choose a loudspeaker lists none; the field is then not there. */
function Choice({ kind, value }: { kind: DeviceKind; value: string | null }): ReactNode {
  const m = useWords("media");
  const media = useMedia();
  const [found, setFound] = useState<readonly DeviceChoice[]>([]);
  useEffect(() => {
    let gone = false;
    const read = () =>
      void media.devices(kind).then((devices) => {
        if (!gone) setFound(devices);
      });
    read();
    navigator.mediaDevices?.addEventListener("devicechange", read);
    return () => {
      gone = true;
      navigator.mediaDevices?.removeEventListener("devicechange", read);
    };
  }, [media, kind]);
  if (kind === "speaker" && found.length === 0) return null;
  const known = found.some((device) => device.id === value);
  return (
    <SelectField
      label={m(kind)}
      value={known && value !== null ? value : ""}
      options={[
        ...(known ? [] : [{ value: "", label: m("defaultDevice") }]),
        ...found.map((device) => ({ value: device.id, label: device.label })),
      ]}
      onChange={(id) => {
        if (id !== "") void media.useDevice(kind, id);
      }}
    />
  );
}
