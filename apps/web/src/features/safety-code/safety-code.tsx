import { useState, type ReactNode } from "react";
import { may, useCommands, useRoom } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useKeys, useKeysState } from "../../keys/keys-context.ts";
import type { SafetyCode as Code } from "../../keys/keys-state.ts";
import { SafetyCodeView, type Step } from "./safety-code-view.tsx";

export interface SafetyCodeProps {
  onClose: () => void;
  onLeave: () => void;
}

/** 安全確認コード (ENC-4): only in meetings with end-to-end encryption. */
export function SafetyCode({ onClose, onLeave }: SafetyCodeProps): ReactNode {
  const keys = useKeys();
  const state = useKeysState();
  const room = useRoom();
  const commands = useCommands();
  const stopping = useCommand();
  const [step, setStep] = useState<Step>("compare");
  const [unmarked, setUnmarked] = useState(false);
  if (keys === null || state === null) return null;
  const mark = (code: Code) => {
    setUnmarked(false);
    keys.markChecked(code).then(
      () => setStep("marked"),
      // This device keeps nothing, as in a private window: the comparison was still worth it.
      () => setUnmarked(true),
    );
  };
  const stop = async () => {
    if (await stopping.run(() => commands.suspend())) onClose();
  };
  return (
    <SafetyCodeView
      state={state}
      people={room.people}
      selfId={room.meta.selfId}
      step={step}
      onStep={setStep}
      unmarked={unmarked}
      mayStop={may(room.meta, "meeting.suspend")}
      stopping={stopping}
      onMark={mark}
      onStop={() => void stop()}
      onLeave={onLeave}
      onClose={onClose}
    />
  );
}
