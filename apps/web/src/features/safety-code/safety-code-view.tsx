import RefreshCw from "lucide-react/icons/refresh-cw";
import type { PersonView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import type { CommandRun } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import type { KeysState, SafetyCode } from "../../keys/keys-state.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { Waiting } from "../../ui/progress.tsx";
import { Digits } from "./digits.tsx";
import { Holders } from "./holders.tsx";
import { newerThan, shownHolders } from "./safety-code-model.ts";
import { useChange } from "./use-change.ts";

export type Step = "compare" | "differs" | "marked";

export interface SafetyCodeViewProps {
  state: KeysState;
  people: readonly PersonView[];
  selfId: string;
  step: Step;
  onStep: (step: Step) => void;
  /** The mark could not be kept on this device. */
  unmarked: boolean;
  mayStop: boolean;
  stopping: Pick<CommandRun, "busy" | "problem">;
  onMark: (code: SafetyCode) => void;
  onStop: () => void;
  onLeave: () => void;
  onClose: () => void;
  /** The code on the screen from the beginning; only the gallery gives one. */
  held?: SafetyCode;
}

export function SafetyCodeView(props: SafetyCodeViewProps): ReactNode {
  const { state, step } = props;
  const [kept, setHeld] = useState(props.held ?? state.code);
  const held = kept ?? state.code;
  if (state.phase === "broken" || step === "differs") return <Differs key="differs" {...props} held={held} />;
  if (step === "marked") return <Marked key="marked" {...props} />;
  return <Compare key="compare" {...props} held={held} onNewer={setHeld} />;
}

type CompareProps = Omit<SafetyCodeViewProps, "held"> & {
  held: SafetyCode | null;
  onNewer: (code: SafetyCode) => void;
};

function Compare({ held, onNewer, state, people, selfId, ...props }: CompareProps): ReactNode {
  const t = useWords("safety-code");
  if (held === null)
    return (
      <Dialog title={t("title")} onClose={props.onClose} closable>
        <Waiting>{t("waiting")}</Waiting>
      </Dialog>
    );
  return (
    <Dialog
      title={t("title")}
      onClose={props.onClose}
      closable
      actions={
        <>
          <Button kind="danger-quiet" onClick={() => props.onStep("differs")}>
            {t("differs")}
          </Button>
          <Button kind="primary" onClick={() => props.onMark(held)}>
            {t("same")}
          </Button>
        </>
      }
    >
      <p>{t("text")}</p>
      <Digits digits={held.digits} />
      <Since held={held} newer={newerThan(held, state.code)} onNewer={onNewer} />
      <Holders holders={shownHolders(state.holders, people, selfId)} />
      {props.unmarked && (
        <Note tone="danger" role="alert">
          {t("unmarked")}
        </Note>
      )}
    </Dialog>
  );
}

interface SinceProps {
  held: SafetyCode;
  newer: SafetyCode | null;
  onNewer: (code: SafetyCode) => void;
}

/** A live region of its own: those of the page are silent behind a dialog. */
function Since({ held, newer, onNewer }: SinceProps): ReactNode {
  const t = useWords("safety-code");
  const change = useChange();
  return (
    <div role="status">
      {newer === null ? (
        <Note icon={<RefreshCw />}>
          {held.because === null ? change(held) : t("kept", { change: change(held) })}
        </Note>
      ) : (
        <Note
          tone="warn"
          icon={<RefreshCw />}
          actions={
            <Button size="small" onClick={() => onNewer(newer)}>
              {t("showNewer")}
            </Button>
          }
        >
          {t("old", { change: change(newer) })}
        </Note>
      )}
    </div>
  );
}

type DiffersProps = Omit<SafetyCodeViewProps, "held"> & { held: SafetyCode | null };

/** One thing to do, by another way than this meeting (ENC-4). */
function Differs({ held, state, mayStop, stopping, ...props }: DiffersProps): ReactNode {
  const t = useWords("safety-code");
  const broken = state.phase === "broken";
  const changed = !broken && held !== null && newerThan(held, state.code) !== null;
  return (
    <Dialog
      title={t(broken ? "broken.title" : "differs.title")}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={broken ? props.onClose : () => props.onStep("compare")}>
            {t(broken ? "close" : "back")}
          </Button>
          <Button onClick={props.onLeave}>{t("leave")}</Button>
          {mayStop && (
            <Button kind="danger" busy={stopping.busy ? t("stop") : undefined} onClick={props.onStop}>
              {t("stop")}
            </Button>
          )}
        </>
      }
    >
      <Note tone="danger" title={t("differs.do")}>
        {t("differs.why")}
      </Note>
      {changed && <p>{t("differs.changed")}</p>}
      <ProblemNote problem={stopping.problem} />
    </Dialog>
  );
}

function Marked({ state, people, selfId, onClose }: SafetyCodeViewProps): ReactNode {
  const t = useWords("safety-code");
  return (
    <Dialog
      title={t("marked.title")}
      onClose={onClose}
      actions={
        <Button data-focus onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <p>{t("marked.text")}</p>
      <Holders holders={shownHolders(state.holders, people, selfId)} />
    </Dialog>
  );
}
