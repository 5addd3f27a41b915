import type { ReactNode } from "react";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useWords } from "../../i18n/words.ts";
import { TextArea } from "../../ui/text-area.tsx";

export interface StandInProps {
  room: RoomState;
  reason: string;
  onChange: (reason: string) => void;
}

/** Why the host checks people in the verifier's place; it is recorded (ADM-4). */
export function StandIn({ room, reason, onChange }: StandInProps): ReactNode {
  const t = useWords("host-controls");
  const name = room.meta.lobby?.verifier?.name;
  return (
    <TextArea
      label={t("standIn")}
      hint={name === undefined ? t("standIn.hintNone") : t("standIn.hint", { name })}
      rows={2}
      maxLength={300}
      value={reason}
      onChange={onChange}
    />
  );
}
