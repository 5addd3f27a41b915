import type { FactSheetView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { FieldError } from "../../ui/field.tsx";
import { Note } from "../../ui/note.tsx";
import { Waiting } from "../../ui/progress.tsx";
import styles from "./fact-sheet.module.css";
import { SheetView } from "./sheet-view.tsx";

export type SheetState =
  | { readonly kind: "loading" }
  | { readonly kind: "failed" }
  | { readonly kind: "there"; readonly sheet: FactSheetView };

export type Ticks = { readonly read: boolean; readonly policy: boolean; readonly device: boolean };

export interface BeforeAskingViewProps {
  /** null: nobody asks for an agreement. */
  agreement: SheetState | null;
  device: boolean;
  href: string | null;
  ticks: Ticks;
  error: string | undefined;
  onTick: (change: Partial<Ticks>) => void;
  onRetry: () => void;
}

/** Nothing is ticked beforehand, and each sentence is said by itself. */
export function BeforeAskingView(props: BeforeAskingViewProps): ReactNode {
  const { agreement, device, ticks, error, onTick } = props;
  const t = useWords("fact-sheet");
  const wrong = (ticked: boolean) => error !== undefined && !ticked;
  return (
    <section className={styles["block"]}>
      <h2>{t("before")}</h2>
      <p className={styles["hint"]}>{t("advice", { host: location.host })}</p>
      {agreement !== null && <Sheet {...props} state={agreement} />}
      {agreement?.kind === "there" && (
        <div>
          <Checkbox
            name="before"
            checked={ticks.read}
            error={wrong(ticks.read)}
            onChange={(read) => onTick({ read })}
          >
            {t("agree")}
          </Checkbox>
          <Checkbox
            name="before"
            checked={ticks.policy}
            error={wrong(ticks.policy)}
            onChange={(policy) => onTick({ policy })}
          >
            {t("ownPolicy")}
          </Checkbox>
        </div>
      )}
      {device && (
        <Checkbox
          name="before"
          checked={ticks.device}
          error={wrong(ticks.device)}
          onChange={(next) => onTick({ device: next })}
        >
          {t("device")}
        </Checkbox>
      )}
      <p className={styles["hint"]}>{t(agreement === null ? "recordedDevice" : "recorded")}</p>
      {error !== undefined && (
        <div role="alert">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </section>
  );
}

function Sheet({ state, href, onRetry }: BeforeAskingViewProps & { state: SheetState }): ReactNode {
  const t = useWords("fact-sheet");
  if (state.kind === "loading") return <Waiting>{t("loading")}</Waiting>;
  if (state.kind === "failed")
    return (
      <Note tone="danger" role="alert" actions={<Button onClick={onRetry}>{t("retry")}</Button>}>
        {t("failed")}
      </Note>
    );
  return (
    <details className={styles["details"]}>
      <summary>{t("read", { version: state.sheet.version })}</summary>
      <div className={styles["inside"]}>
        <SheetView sheet={state.sheet} level={3} />
        {href !== null && (
          <a href={href} target="_blank" rel="noreferrer">
            {t("open")}
          </a>
        )}
      </div>
    </details>
  );
}
