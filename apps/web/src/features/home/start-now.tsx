import type { ClassesForHosts } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldBox, FieldError, Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { TextField } from "../../ui/text-field.tsx";

type Level = "medium" | "low";

export interface StartNowProps {
  defaultTopic: string;
  /** In the organisation's own words, as soon as they have come (CNF-2). */
  classes: ClassesForHosts | undefined;
  onClose: () => void;
  onStarted: (link: string) => void;
}

/** The class is asked for first here too; everything else follows the safe defaults (MTG-7). */
export function StartNow({ defaultTopic, classes, onClose, onStarted }: StartNowProps): ReactNode {
  const t = useWords("home");
  const common = useWords("common");
  const account = useWords("account");
  const { timeZone, lang } = useUiLocale();
  const [level, setLevel] = useState<Level | undefined>(undefined);
  const [topic, setTopic] = useState(defaultTopic);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [accepted, setAccepted] = useState(false);
  const checks = useChecks<"level" | "topic" | "risk">({
    ...(level === undefined ? { level: t("now.check") } : {}),
    ...(level === "medium" && !accepted ? { risk: t("now.riskCheck") } : {}),
    ...(topic.trim() === "" ? { topic: t("now.topicCheck") } : {}),
  });
  const start = async () => {
    if (!checks.pass() || level === undefined) return;
    setWorking(true);
    try {
      const body = {
        topic: topic.trim(),
        confidentiality: level,
        transportRiskAccepted: level === "medium" && accepted,
        timeZone,
      };
      const { meeting } = await call("POST", "/api/meetings/start-now", { body });
      onStarted(meeting.link);
    } catch (error) {
      setProblem(problemText(account, error));
      setWorking(false);
    }
  };
  const option = (value: Level) => ({
    value,
    label: common(`class.${value}`),
    hint: classes?.[value].definition[lang] || t(`class.${value}`),
  });
  return (
    <Dialog title={t("now.title")} onClose={onClose}>
      <Form onSubmit={() => void start()}>
        <Fields>
          <FieldBox group label={t("now.class")} error={checks.errorOf("level")}>
            {({ describedBy }) => (
              <Radios
                cards
                label={t("now.class")}
                describedBy={describedBy}
                value={level}
                options={[option("medium"), option("low")]}
                onChange={setLevel}
              />
            )}
          </FieldBox>
          {level === "medium" && (
            <Risk accepted={accepted} problem={checks.errorOf("risk")} onChange={setAccepted} />
          )}
          <TextField
            label={t("now.topic")}
            maxLength={200}
            value={topic}
            onChange={setTopic}
            error={checks.errorOf("topic")}
            hint={t("now.hint")}
          />
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary" busy={working ? t("now.working") : undefined}>
              {t("now.submit")}
            </Button>
          </FormEnd>
        </Fields>
      </Form>
    </Dialog>
  );
}

interface RiskProps {
  accepted: boolean;
  problem: string | undefined;
  onChange: (accepted: boolean) => void;
}

/** CNF-1: at medium the risk is accepted in so many words, here too. */
function Risk({ accepted, problem, onChange }: RiskProps): ReactNode {
  const t = useWords("home");
  return (
    <div>
      <Checkbox
        checked={accepted}
        hint={t("now.risk.hint")}
        error={problem !== undefined}
        onChange={onChange}
      >
        {t("now.risk")}
      </Checkbox>
      {problem !== undefined && <FieldError>{problem}</FieldError>}
    </div>
  );
}
