import DoorClosed from "lucide-react/icons/door-closed";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { LanguageButton } from "../../meeting-shell/language-button.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { GuestFrame } from "../../ui/guest-frame.tsx";
import { CopyReference } from "./copy-reference.tsx";
import styles from "./stop-screen.module.css";

export type StopKind =
  | "refused"
  | "removed"
  | "ended"
  | "left"
  | "absent"
  | "withdrawn"
  | "elsewhere"
  | "unreachable"
  | "old"
  | "unsupported"
  | "unprotected"
  | "insecure";

export interface StopScreenProps {
  kind: StopKind;
  organisation: string;
  /** Only for refused and removed: random, and it resolves only in the audit log. */
  reference?: string;
  /** The one thing to do here; absent where there is only closing. */
  onAct?: () => void;
  /** Signed-in people have somewhere to go. */
  onHome?: () => void;
}

/** One shape for every end and every refusal: nothing here tells one cause from another. */
export function StopScreen({ kind, organisation, reference, onAct, onHome }: StopScreenProps): ReactNode {
  const t = useWords("stop");
  const words = useStopWords(kind);
  const title = useRef<HTMLHeadingElement>(null);
  usePageTitle(words.title);
  useEffect(() => {
    announce(words.title, kind === "elsewhere" ? "polite" : "assertive");
    title.current?.focus();
  }, [words.title, kind]);
  return (
    <GuestFrame
      centred
      plainFoot
      organisation={organisation}
      side={<LanguageButton />}
      foot={
        <div className={styles["foot"]}>
          {onAct !== undefined && words.act !== undefined && (
            <Button kind="primary" size="large" wide onClick={onAct}>
              {words.act}
            </Button>
          )}
          {onHome !== undefined && (
            <Button size="large" wide onClick={onHome}>
              {t("left.home")}
            </Button>
          )}
          {words.closes && onHome === undefined && <CloseButton />}
        </div>
      }
    >
      <div className={styles["box"]}>
        <span className={styles["icon"]}>
          <DoorClosed />
        </span>
        <h1 ref={title} tabIndex={-1} className={styles["title"]}>
          {words.title}
        </h1>
        <p className={styles["text"]}>{words.text}</p>
        {reference !== undefined && <CopyReference reference={reference} />}
      </div>
    </GuestFrame>
  );
}

/** A page may close only what a script opened; where it may not, it says what to do. */
function CloseButton(): ReactNode {
  const t = useWords("stop");
  const [refused, setRefused] = useState(false);
  return (
    <Button
      size="large"
      wide
      onClick={() => {
        window.close();
        setRefused(true);
      }}
    >
      {refused ? t("closeHint") : t("close")}
    </Button>
  );
}

type StopWords = {
  readonly title: string;
  readonly text: string;
  readonly act?: string;
  readonly closes: boolean;
};

function useStopWords(kind: StopKind): StopWords {
  const t = useWords("stop");
  switch (kind) {
    case "left":
      return { title: t("left.title"), text: t("left.text"), act: t("left.again"), closes: true };
    case "absent":
      return { title: t("left.absentTitle"), text: t("left.text"), act: t("left.again"), closes: true };
    case "withdrawn":
      return {
        title: t("left.withdrawnTitle"),
        text: t("left.withdrawnText"),
        act: t("left.again"),
        closes: true,
      };
    case "elsewhere":
      return {
        title: t("elsewhere.title"),
        text: t("elsewhere.text"),
        act: t("elsewhere.here"),
        closes: false,
      };
    case "unreachable":
      return {
        title: t("unreachable.title"),
        text: t("unreachable.text"),
        act: t("unreachable.again"),
        closes: false,
      };
    case "old":
      return { title: t("old.title"), text: t("old.text"), act: t("old.update"), closes: false };
    case "unsupported":
    case "unprotected":
      return {
        title: t(`${kind}.title`),
        text: t(`${kind}.text`),
        act: t("unsupported.copy"),
        closes: false,
      };
    case "refused":
    case "removed":
    case "ended":
    case "insecure":
      return { title: t(`${kind}.title`), text: t(`${kind}.text`), closes: kind !== "insecure" };
  }
}
