import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { isComplete, type Question } from "./form-draft.ts";
import styles from "./registrations.module.css";

interface QuestionEditorProps {
  question: Question;
  number: number;
  wrong: boolean;
  onChange: (question: Question) => void;
  onRemove: () => void;
}

const kinds = ["short", "long", "choice"] as const;

export function QuestionEditor({
  question,
  number,
  wrong,
  onChange,
  onRemove,
}: QuestionEditorProps): ReactNode {
  const t = useWords("registrations");
  const incomplete = wrong && !isComplete(question);
  return (
    <div className={styles["question"]} role="group" aria-label={t("question.of", { number })}>
      <TextField
        label={t("question", { number })}
        maxLength={200}
        value={question.label}
        error={incomplete && question.label.trim() === "" ? t("question.missing") : undefined}
        onChange={(label) => onChange({ ...question, label })}
      />
      <SelectField
        label={t("kind")}
        value={question.kind}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(kind) =>
          onChange({ ...question, kind, options: kind === "choice" ? question.options : [] })
        }
      />
      {question.kind === "choice" && (
        <TextArea
          label={t("options")}
          hint={t("options.hint")}
          rows={4}
          value={question.options.join("\n")}
          error={incomplete ? t("options.missing") : undefined}
          onChange={(text) => onChange({ ...question, options: optionsOf(text) })}
        />
      )}
      <Checkbox checked={question.required} onChange={(required) => onChange({ ...question, required })}>
        {t("question.required")}
      </Checkbox>
      <div>
        <Button kind="danger-quiet" size="small" onClick={onRemove}>
          {t("question.remove", { number })}
        </Button>
      </div>
    </div>
  );
}

/** A line that is being begun stays, so that Return can be pressed; the others are not empty. */
function optionsOf(text: string): string[] {
  const lines = text.split("\n");
  return lines.filter((line, at) => line.trim() !== "" || at === lines.length - 1).slice(0, 20);
}
