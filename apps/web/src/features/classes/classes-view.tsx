import type { ClassEffect, OrganisationClasses } from "@sekisho/contract";
import { groupACountries } from "@sekisho/domain";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import ChevronLeft from "lucide-react/icons/chevron-left";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { Card, PageHead, Section, Stack } from "../../ui/page.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { LEVELS, resolved, type Classes, type Level, type Rules } from "./class-model.ts";
import { ClassRows } from "./class-rows.tsx";
import styles from "./classes.module.css";
import { Effect } from "./effect.tsx";
import { Versions } from "./versions.tsx";

export interface ClassesDraft {
  readonly home: string;
  readonly classes: Classes;
}

export interface ClassesViewProps {
  saved: OrganisationClasses;
  draft: ClassesDraft;
  /** Undefined while the server looks. */
  effect: ClassEffect | undefined;
  working: boolean;
  problem: ReactNode;
  onChange: (next: ClassesDraft) => void;
  onSave: () => void;
  initialLevel?: Level;
}

/** What each class fixes and what it starts with, in the organisation's own hand (CNF-2). */
export function ClassesView(props: ClassesViewProps): ReactNode {
  const { saved, draft, effect, onChange } = props;
  const t = useWords("classes");
  const common = useWords("common");
  const [level, setLevel] = useState<Level>(props.initialLevel ?? "high");
  const setClasses = (classes: Classes) => onChange({ ...draft, classes });
  const set = (rules: Rules) => setClasses({ ...draft.classes, [level]: rules });
  return (
    <Form onSubmit={props.onSave}>
      <PageHead
        back={
          <Link href="/admin/organisation" className={styles["back"]}>
            <ChevronLeft />
            {t("back")}
          </Link>
        }
        title={t("title")}
        lead={t("lead")}
      />
      <Stack>
        <Tabs
          label={t("tabs")}
          tabs={LEVELS.map((id) => ({ id, label: common(`class.${id}`) }))}
          value={level}
          onChange={setLevel}
        >
          <div className={styles["panel"]}>
            <Definition rules={draft.classes[level]} onChange={set} />
            <ClassRows
              level={level}
              rules={draft.classes[level]}
              standard={saved.standard[level]}
              onChange={set}
            />
          </div>
        </Tabs>
        <Home home={draft.home} onChange={(home) => onChange({ ...draft, home })} />
        <Effect
          effect={effect}
          onResolve={(problem) => setClasses(resolved(draft.classes, saved.standard, problem))}
        />
        {props.problem}
        <div>
          <Button
            type="submit"
            kind="primary"
            size="large"
            busy={props.working ? common("saving") : undefined}
          >
            {t("save")}
          </Button>
        </div>
        <Versions versions={saved.versions} />
      </Stack>
    </Form>
  );
}

/** The organisation's own words for the class; they stand on its card where it is chosen. */
function Definition({ rules, onChange }: { rules: Rules; onChange: (next: Rules) => void }): ReactNode {
  const t = useWords("classes");
  const { definition } = rules;
  const set = (change: Partial<Rules["definition"]>) =>
    onChange({ ...rules, definition: { ...definition, ...change } });
  return (
    <Fields>
      <TextArea
        label={t("definition.ja")}
        hint={t("definition.hint")}
        lang="ja"
        maxLength={1000}
        value={definition.ja}
        onChange={(ja) => set({ ja })}
      />
      <TextArea
        label={t("definition.en")}
        lang="en"
        maxLength={1000}
        value={definition.en}
        onChange={(en) => set({ en })}
      />
    </Fields>
  );
}

function Home({ home, onChange }: { home: string; onChange: (next: string) => void }): ReactNode {
  const t = useWords("classes");
  const { lang } = useUiLocale();
  const names = new Intl.DisplayNames([lang], { type: "region" });
  const countries = [...new Set(["JP", ...groupACountries, home])];
  return (
    <Section title={t("home")}>
      <Card>
        <Fields>
          <SelectField
            label={t("home.label")}
            hint={t("home.hint")}
            value={home}
            options={countries.map((value) => ({ value, label: names.of(value) ?? value }))}
            onChange={onChange}
          />
          <Note>
            {t("home.groupA", { countries: groupACountries.map((one) => names.of(one)).join(t("comma")) })}
          </Note>
        </Fields>
      </Card>
    </Section>
  );
}
