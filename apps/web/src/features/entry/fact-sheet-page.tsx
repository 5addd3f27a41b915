import Printer from "lucide-react/icons/printer";
import type { FactSheetView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { LanguageButton } from "../../meeting-shell/language-button.tsx";
import { Button } from "../../ui/button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { GuestFrame } from "../../ui/guest-frame.tsx";
import { Note } from "../../ui/note.tsx";
import { Waiting } from "../../ui/progress.tsx";
import styles from "./fact-sheet.module.css";
import { SheetView } from "./sheet-view.tsx";

export type FactSheetPageState =
  | { readonly kind: "loading" | "failed" | "notFound" }
  | { readonly kind: "there"; readonly sheet: FactSheetView };

export interface FactSheetPageProps {
  state: FactSheetPageState;
  onRetry: () => void;
  onPrint: () => void;
}

/** On paper too: the browser makes the PDF. */
export function FactSheetPage({ state, onRetry, onPrint }: FactSheetPageProps): ReactNode {
  const t = useWords("fact-sheet");
  const there = state.kind === "there";
  return (
    <GuestFrame
      organisation={there ? state.sheet.organisation : ""}
      side={<LanguageButton />}
      {...(there
        ? {
            foot: (
              <span className={styles["screen"]}>
                <Button size="large" wide icon={<Printer />} onClick={onPrint}>
                  {t("print")}
                </Button>
              </span>
            ),
          }
        : {})}
    >
      <Content state={state} onRetry={onRetry} />
    </GuestFrame>
  );
}

function Content({ state, onRetry }: Pick<FactSheetPageProps, "state" | "onRetry">): ReactNode {
  const t = useWords("fact-sheet");
  switch (state.kind) {
    case "loading":
      return (
        <div className={styles["page"]}>
          <h1 className={styles["title"]}>{t("title")}</h1>
          <Waiting>{t("loading")}</Waiting>
        </div>
      );
    case "failed":
      return (
        <div className={styles["page"]}>
          <h1 className={styles["title"]}>{t("title")}</h1>
          <Note tone="danger" role="alert" actions={<Button onClick={onRetry}>{t("retry")}</Button>}>
            {t("failed")}
          </Note>
        </div>
      );
    case "notFound":
      return (
        <div className={styles["page"]}>
          <h1 className={styles["title"]}>{t("notFound.title")}</h1>
          <p>{t("notFound.text")}</p>
        </div>
      );
    case "there":
      return (
        <article className={styles["page"]}>
          <header>
            <h1 className={styles["title"]}>{t("title")}</h1>
            <p className={styles["version"]}>
              {t("version", { version: state.sheet.version })}{" "}
              {t.rich("since", { time: <DateText from={state.sheet.at} /> })}
            </p>
          </header>
          <p>{t("lead")}</p>
          <SheetView sheet={state.sheet} level={2} />
        </article>
      );
  }
}
