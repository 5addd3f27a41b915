import type { ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Stack } from "../../ui/page.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ImpactRows, ImpactTime, type ImpactProps } from "./impact-card.tsx";
import styles from "./impact.module.css";

export interface ReviewViewProps extends ImpactProps {
  title: string;
  confirm: string;
  danger?: boolean;
  ready: boolean;
  working: boolean;
  problem: string | undefined;
  reason: string;
  onReason: (reason: string) => void;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

export function ReviewView(props: ReviewViewProps): ReactNode {
  const t = useWords("barriers");
  const common = useWords("common");
  const { impact, checking } = props;
  // What waits for somebody else takes nothing away yet.
  const danger = props.danger === true && impact?.needsSecondPerson !== true;
  const checks = useChecks<"reason">(props.reason.trim() === "" ? { reason: t("check.reason") } : {});
  const blocked = !props.ready || (impact !== undefined && impact.problems.length > 0);
  const submit = () => {
    if (!blocked && checks.pass()) props.onConfirm();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <Form onSubmit={submit}>
        <Stack gap="field">
          {props.children}
          {props.ready && (
            <section className={styles["framed"]} aria-label={t("impact")}>
              <header className={styles["head"]}>
                <h3 className={styles["title"]}>{t("impact")}</h3>
                <div className={styles["note"]}>
                  <ImpactTime impact={impact} checking={checking} />
                </div>
              </header>
              <ImpactRows {...props} />
            </section>
          )}
          <TextField
            label={t("reason")}
            hint={t("reason.hint")}
            required
            maxLength={500}
            autoComplete="off"
            value={props.reason}
            onChange={props.onReason}
            onBlur={checks.leave("reason")}
            error={checks.errorOf("reason")}
          />
          {props.problem !== undefined && (
            <Note tone="danger" role="alert">
              {props.problem}
            </Note>
          )}
          <FormEnd>
            <Button data-focus={props.danger} onClick={props.onClose}>
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              kind={danger ? "danger" : "primary"}
              unavailable={blocked}
              busy={props.working ? t("saving") : checking ? t("impact.checking") : undefined}
            >
              {impact?.needsSecondPerson === true ? t("ask") : props.confirm}
            </Button>
          </FormEnd>
        </Stack>
      </Form>
    </Dialog>
  );
}
