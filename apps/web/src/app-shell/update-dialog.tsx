import { useEffect, type ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import { Button } from "../ui/button.tsx";
import { DateText } from "../ui/date-text.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Waiting } from "../ui/progress.tsx";
import { checkPage, isNewer, updatePage, usePageUpdate, type PageUpdate } from "./page-update.ts";

/** 「アップデートを確認」: asks now and says what was found (OPS-1). */
export function UpdateDialog({ onClose }: { onClose: () => void }): ReactNode {
  const update = usePageUpdate();
  useEffect(() => {
    void checkPage();
  }, []);
  return (
    <UpdateDialogView
      update={update}
      onUpdate={updatePage}
      onRetry={() => void checkPage()}
      onClose={onClose}
    />
  );
}

export interface UpdateDialogViewProps {
  update: PageUpdate;
  onUpdate: () => void;
  onRetry: () => void;
  onClose: () => void;
}

export function UpdateDialogView({ update, onUpdate, onRetry, onClose }: UpdateDialogViewProps): ReactNode {
  const t = useWords("shell");
  const common = useWords("common");
  const newer = isNewer(update);
  return (
    <Dialog
      title={newer ? t(`update.${update.state === "needed" ? "needed" : "available"}`) : t("update.check")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{newer ? t("update.later") : common("close")}</Button>
          {newer && (
            <Button kind="primary" onClick={onUpdate}>
              {t("update.now")}
            </Button>
          )}
          {update.state === "failed" && <Button onClick={onRetry}>{t("update.again")}</Button>}
        </>
      }
    >
      <div role="status">
        <Found update={update} />
      </div>
    </Dialog>
  );
}

function Found({ update: { state, at } }: { update: PageUpdate }): ReactNode {
  const t = useWords("shell");
  if (state === "unknown" || state === "checking") return <Waiting>{t("update.checking")}</Waiting>;
  return (
    <>
      <p>{t(`update.${state}.text`)}</p>
      {state === "current" && at !== null && (
        <p>
          {t("update.checkedAt")} <DateText from={at} />
        </p>
      )}
    </>
  );
}
