import { useRef, type ReactNode } from "react";
import { Button, type ButtonKind } from "./button.tsx";

/** Presses this soon after the subject changed were meant for what stood there before. */
export const SETTLE_MS = 350;

export interface NamedConfirmProps {
  /** The whole sentence with the person's name: 勅使河原 万里江さんの入室を許可. */
  label: string;
  /** Travels with the command; the server refuses it if the name or the state has changed. */
  subject: string;
  onConfirm: (subject: string) => void;
  kind?: ButtonKind;
  busy?: string | undefined;
  unavailable?: boolean;
}

/** The deciding button: it names the person, is no form default, and ignores a press that began on another subject. */
export function NamedConfirm(props: NamedConfirmProps): ReactNode {
  const { label, subject, onConfirm, kind = "primary", busy, unavailable } = props;
  const shown = useRef({ subject: "", at: 0 });
  const pressed = useRef<string | undefined>(undefined);
  const take = (element: HTMLButtonElement | null) => {
    if (element !== null && shown.current.subject !== subject)
      shown.current = { subject, at: performance.now() };
  };
  return (
    <Button
      key={subject}
      ref={take}
      kind={kind}
      size="large"
      wide
      busy={busy}
      unavailable={unavailable === true}
      onPointerDown={() => {
        pressed.current = subject;
      }}
      onClick={(event) => {
        const byPointer = event.detail > 0;
        if (byPointer && pressed.current !== subject) return;
        if (performance.now() - shown.current.at < SETTLE_MS) return;
        onConfirm(subject);
      }}
    >
      {label}
    </Button>
  );
}
