import type { BarrierExplanation } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { DateBox, TimeBox } from "../../ui/date-field.tsx";
import { FieldBox, Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { SearchSelect, type Choice } from "../../ui/search-select.tsx";
import { ExplainAnswer } from "./explain-answer.tsx";
import { clockOf, instantOf, type Asked } from "./explain-model.ts";
import styles from "./explain.module.css";
import type { Search } from "./use-barriers.ts";

export interface ExplainViewProps {
  people: Search;
  others: Search;
  working: boolean;
  problem: string | undefined;
  answer: BarrierExplanation | undefined;
  onAsk: (asked: Asked) => void;
  /** Somebody else is being looked up: the answer before goes, so that it is never read for the wrong two. */
  onChange: () => void;
}

export function ExplainView(props: ExplainViewProps): ReactNode {
  const t = useWords("barriers-explain");
  const [a, setA] = useState<Choice | undefined>(undefined);
  const [b, setB] = useState<Choice | undefined>(undefined);
  const [when, setWhen] = useState<"now" | "at">("now");
  const [clock, setClock] = useState(() => clockOf(Date.now()));
  const changed =
    <V,>(set: (value: V) => void) =>
    (value: V) => {
      set(value);
      props.onChange();
    };
  const checks = useChecks<"a" | "b">({
    ...(a === undefined ? { a: t("check.person") } : {}),
    ...(b === undefined ? { b: t("check.person") } : {}),
  });
  const submit = () => {
    if (!checks.pass() || a === undefined || b === undefined) return;
    props.onAsk({ a: a.id, b: b.id, at: when === "now" ? null : instantOf(clock.date, clock.time) });
  };
  return (
    <Stack gap="field">
      <Card>
        <Form onSubmit={submit}>
          <Fields>
            <div className={styles["two"]}>
              <Person
                label={t("one")}
                value={a}
                search={props.people}
                onPick={changed(setA)}
                error={checks.errorOf("a")}
              />
              <Person
                label={t("other")}
                value={b}
                search={props.others}
                onPick={changed(setB)}
                error={checks.errorOf("b")}
              />
            </div>
            <FieldBox group label={t("when")}>
              {() => (
                <div className={styles["when"]}>
                  <Radios
                    label={t("when")}
                    value={when}
                    onChange={changed(setWhen)}
                    options={[
                      { value: "now", label: t("now") },
                      { value: "at", label: t("at") },
                    ]}
                  />
                  {when === "at" && (
                    <div className={styles["clock"]}>
                      <DateBox
                        label={t("date")}
                        value={clock.date}
                        onChange={(date) => changed(setClock)({ ...clock, date })}
                      />
                      <TimeBox
                        label={t("time")}
                        value={clock.time}
                        onChange={(time) => changed(setClock)({ ...clock, time })}
                      />
                    </div>
                  )}
                </div>
              )}
            </FieldBox>
            <div className={styles["ask"]}>
              <Button type="submit" kind="primary" busy={props.working ? t("working") : undefined}>
                {t("ask")}
              </Button>
              <span className={styles["hint"]}>{t("recorded")}</span>
            </div>
            {props.problem !== undefined && (
              <Note tone="danger" role="alert">
                {props.problem}
              </Note>
            )}
          </Fields>
        </Form>
      </Card>
      <div aria-live="polite">{props.answer !== undefined && <ExplainAnswer answer={props.answer} />}</div>
    </Stack>
  );
}

interface PersonProps {
  label: string;
  value: Choice | undefined;
  search: Search;
  onPick: (choice: Choice) => void;
  error: string | undefined;
}

function Person({ label, value, search, onPick, error }: PersonProps): ReactNode {
  const t = useWords("barriers-explain");
  return (
    <FieldBox label={label} required error={error}>
      {({ id, describedBy }) => (
        <SearchSelect
          id={id}
          label={label}
          value={value}
          found={search.found}
          onSearch={search.onSearch}
          onPick={onPick}
          placeholder={t("placeholder")}
          nothing={t("nobody")}
          describedBy={describedBy}
          invalid={error !== undefined}
        />
      )}
    </FieldBox>
  );
}
