import type { MeetingPreview } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { RuleList } from "../../app-shell/rule-list.tsx";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { AccessFields } from "./access-fields.tsx";
import { AdvancedFields } from "./advanced-fields.tsx";
import { ClassField } from "./class-field.tsx";
import { ScheduleContext, useForm, type ScheduleForm } from "./form-context.ts";
import { MaterialsHint } from "./outsiders-fields.tsx";
import { PeopleFields } from "./people-fields.tsx";
import styles from "./schedule.module.css";
import { focusWrong } from "./use-save.ts";
import { WhenFields } from "./when-fields.tsx";

export interface ScheduleViewProps {
  form: ScheduleForm;
  editing: boolean;
  /** What is saved holds at once for people inside (CNF-5). */
  live?: boolean;
  working: boolean;
  problem: ReactNode;
  /** A draft of before was put back. */
  onDropDraft: (() => void) | undefined;
  onSubmit: () => void;
  onCancel: () => void;
  initialAdvanced?: boolean;
  initialRules?: boolean;
}

export function ScheduleView(props: ScheduleViewProps): ReactNode {
  const t = useWords("schedule");
  return (
    <ScheduleContext value={props.form}>
      <h1 className={styles["title"]}>{props.editing ? t("editTitle") : t("title")}</h1>
      <Form className={styles["form"]} onSubmit={props.onSubmit}>
        <div className={styles["columns"]}>
          <div className={styles["fields"]}>
            {props.onDropDraft !== undefined && (
              <Note
                tone="info"
                actions={
                  <Button size="small" onClick={props.onDropDraft}>
                    {t("draft.drop")}
                  </Button>
                }
              >
                {t("draft")}
              </Note>
            )}
            {props.live === true && (
              <Note tone="warn" title={t("live")}>
                {t("live.text")}
              </Note>
            )}
            <ClassField />
            <Fields side>
              <WhenFields />
              <AccessFields />
              <PeopleFields />
            </Fields>
            <MaterialsHint />
            <AdvancedFields initialOpen={props.initialAdvanced === true} />
            {props.problem}
          </div>
          <aside className={styles["aside"]} tabIndex={0} aria-label={t("rules")}>
            <Rules />
          </aside>
        </div>
        <Foot {...props} />
      </Form>
    </ScheduleContext>
  );
}

/** What follows from the choices. Screen readers hear one sentence, not the whole list, when it changes. */
function Rules(): ReactNode {
  const { draft, preview } = useForm();
  const t = useWords("schedule");
  return (
    <section>
      <h2 className={styles["aside-title"]}>{t("rules")}</h2>
      <p className="sr-only" role="status">
        {preview === undefined ? "" : t("rulesOpen", { count: preview.effective.length })}
      </p>
      {draft.confidentiality === undefined || preview === undefined ? (
        <p className={styles["hint"]}>{t("rulesEmpty")}</p>
      ) : (
        <RuleList level={draft.confidentiality} effective={preview.effective} />
      )}
    </section>
  );
}

/** What has a tick of its own in the form complains there, once somebody has tried to save. */
function contradictionsShown(preview: MeetingPreview | undefined): number {
  return preview?.contradictions.filter((one) => one.code !== "risk_not_accepted").length ?? 0;
}

function Foot(props: ScheduleViewProps): ReactNode {
  const t = useWords("schedule");
  const { preview, checks } = props.form;
  const [rules, setRules] = useState(props.initialRules ?? false);
  const wrong = checks.shownCount + contradictionsShown(preview);
  const busy = props.editing ? t("saving") : t("working");
  return (
    <div className={styles["foot"]}>
      <div className={styles["foot-rules"]}>
        <Button kind="quiet" size="small" wide onClick={() => setRules(true)}>
          {preview === undefined ? t("rules") : t("rulesOpen", { count: preview.effective.length })}
        </Button>
      </div>
      <div className={styles["foot-row"]}>
        <Button type="submit" kind="primary" size="large" busy={props.working ? busy : undefined}>
          {props.editing ? t("save") : t("submit")}
        </Button>
        <Button size="large" onClick={props.onCancel}>
          {t("cancel")}
        </Button>
        {wrong > 0 && (
          <button type="button" className={styles["wrong"]} onClick={focusWrong}>
            {t("fix", { count: wrong })}
          </button>
        )}
      </div>
      {rules && (
        <Dialog title={t("rules")} closable onClose={() => setRules(false)}>
          <Rules />
        </Dialog>
      )}
    </div>
  );
}
