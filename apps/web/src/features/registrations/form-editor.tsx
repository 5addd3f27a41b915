import Plus from "lucide-react/icons/plus";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { FieldBox, FieldError, Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Card } from "../../ui/page.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { newQuestion, wrongFields, type DraftField, type FormDraft } from "./form-draft.ts";
import { QuestionEditor } from "./question-editor.tsx";
import styles from "./registrations.module.css";

export interface FormEditorProps {
  draft: FormDraft;
  onChange: (change: Partial<FormDraft>) => void;
  changed: boolean;
  /** Errors are shown once somebody has tried to save. */
  tried: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

const mostQuestions = 20;

/** What the page asks, from when until when, and who gets a place. */
export function FormEditor(props: FormEditorProps): ReactNode {
  const { draft, onChange, changed, saving } = props;
  const t = useWords("registrations");
  const wrong = props.tried ? wrongFields(draft) : new Set<DraftField>();
  return (
    <Card>
      <Form label={t("form")} onSubmit={props.onSave}>
        <Fields>
          <Places {...props} wrong={wrong} />
          <Times {...props} wrong={wrong} />
          <TextArea
            label={t("note")}
            hint={t("note.hint")}
            rows={3}
            maxLength={1000}
            value={draft.note}
            onChange={(note) => onChange({ note })}
          />
          <Questions {...props} wrong={wrong} />
          <div className={styles["tools"]}>
            <Button
              kind={changed ? "primary" : "default"}
              type="submit"
              busy={saving ? t("saving") : undefined}
            >
              {t("save")}
            </Button>
            {changed && <Button onClick={props.onDiscard}>{t("discard")}</Button>}
          </div>
        </Fields>
      </Form>
    </Card>
  );
}

type PartProps = FormEditorProps & { wrong: ReadonlySet<DraftField> };

function Places({ draft, onChange, wrong }: PartProps): ReactNode {
  const t = useWords("registrations");
  const ways = ["automatic", "domains", "manual"] as const;
  return (
    <>
      <TextField
        inputMode="numeric"
        label={t("capacity")}
        hint={t("capacity.hint")}
        value={draft.capacity}
        error={wrong.has("capacity") ? t("capacity.wrong") : undefined}
        onChange={(capacity) => onChange({ capacity })}
      />
      <Checkbox checked={draft.waitingList} onChange={(waitingList) => onChange({ waitingList })}>
        {t("waitingList")}
      </Checkbox>
      <FieldBox group label={t("approval")}>
        {({ describedBy }) => (
          <Radios
            cards
            label={t("approval")}
            describedBy={describedBy}
            value={draft.approval}
            options={ways.map((value) => ({ value, label: t(`approval.${value}`) }))}
            onChange={(approval) => onChange({ approval })}
          />
        )}
      </FieldBox>
      {draft.approval === "domains" && (
        <TextField
          label={t("domains")}
          hint={t("domains.hint")}
          spellCheck={false}
          autoCapitalize="none"
          value={draft.domains}
          error={wrong.has("domains") ? t("domains.wrong") : undefined}
          onChange={(domains) => onChange({ domains })}
        />
      )}
    </>
  );
}

function Times({ draft, onChange, wrong }: PartProps): ReactNode {
  const t = useWords("registrations");
  return (
    <>
      <TextField
        type="datetime-local"
        label={t("opensAt")}
        hint={t("opensAt.hint")}
        value={draft.opensAt}
        onChange={(opensAt) => onChange({ opensAt })}
      />
      <TextField
        type="datetime-local"
        label={t("closesAt")}
        hint={t("closesAt.hint")}
        value={draft.closesAt}
        error={wrong.has("closesAt") ? t("closesAt.wrong") : undefined}
        onChange={(closesAt) => onChange({ closesAt })}
      />
    </>
  );
}

function Questions({ draft, onChange, wrong }: PartProps): ReactNode {
  const t = useWords("registrations");
  const { questions } = draft;
  return (
    <FieldBox group label={t("questions")} hint={t("questions.hint")}>
      {() => (
        <div className={styles["questions"]}>
          {questions.map((question, at) => (
            <QuestionEditor
              key={question.id}
              question={question}
              number={at + 1}
              wrong={wrong.has("questions")}
              onChange={(next) => onChange({ questions: questions.with(at, next) })}
              onRemove={() => onChange({ questions: questions.filter(({ id }) => id !== question.id) })}
            />
          ))}
          {wrong.has("questions") && <FieldError>{t("questions.wrong")}</FieldError>}
          {questions.length < mostQuestions && (
            <div>
              <Button
                icon={<Plus />}
                onClick={() => onChange({ questions: [...questions, newQuestion(questions)] })}
              >
                {t("questions.add")}
              </Button>
            </div>
          )}
        </div>
      )}
    </FieldBox>
  );
}
