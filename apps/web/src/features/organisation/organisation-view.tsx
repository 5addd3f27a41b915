import type { OrganisationRulesView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, PageHead, Section, Stack } from "../../ui/page.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { DefaultsFields } from "./defaults-fields.tsx";
import { LockFields } from "./lock-fields.tsx";

export interface Organisation {
  readonly name: string;
  readonly address: string;
  readonly rules: OrganisationRulesView;
}

export interface OrganisationViewProps {
  organisation: Organisation;
  working: boolean;
  problem: string | undefined;
  onSave: (next: Organisation) => void;
}

/** A default and a lock are two things and stand in two places: the host may change the one, nobody the other (MTG-7). */
export function OrganisationView({
  organisation,
  working,
  problem,
  onSave,
}: OrganisationViewProps): ReactNode {
  const t = useWords("organisation");
  const common = useWords("common");
  const [draft, setDraft] = useState(organisation);
  const { rules } = draft;
  const setRules = (change: Partial<OrganisationRulesView>) =>
    setDraft((before) => ({ ...before, rules: { ...before.rules, ...change } }));
  const checks = useChecks<"name">(draft.name.trim() === "" ? { name: t("name.check") } : {});
  const submit = () => {
    if (checks.pass() && !working)
      onSave({ ...draft, name: draft.name.trim(), address: draft.address.trim() });
  };
  return (
    <Form onSubmit={submit}>
      <PageHead title={t("title")} lead={t("lead")} />
      <Stack>
        <About
          name={draft.name}
          address={draft.address}
          set={(change) => setDraft({ ...draft, ...change })}
          onLeaveName={checks.leave("name")}
          nameProblem={checks.errorOf("name")}
        />
        <Section title={t("defaults")} note={t("defaults.note")}>
          <Card>
            <DefaultsFields value={rules.defaults} onChange={(defaults) => setRules({ defaults })} />
          </Card>
        </Section>
        <Section title={t("locks")} note={t("locks.note")}>
          <Card>
            <LockFields value={rules.locks} onChange={(locks) => setRules({ locks })} />
          </Card>
        </Section>
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <div>
          <Button type="submit" kind="primary" size="large" busy={working ? common("saving") : undefined}>
            {t("save")}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

interface AboutProps {
  name: string;
  address: string;
  set: (change: Partial<Pick<Organisation, "name" | "address">>) => void;
  onLeaveName: () => void;
  nameProblem: string | undefined;
}

function About({ name, address, set, onLeaveName, nameProblem }: AboutProps): ReactNode {
  const t = useWords("organisation");
  return (
    <Section title={t("about")}>
      <Card>
        <Fields>
          <TextField
            label={t("name")}
            hint={t("name.hint")}
            required
            maxLength={100}
            autoComplete="organization"
            value={name}
            onChange={(next) => set({ name: next })}
            onBlur={onLeaveName}
            error={nameProblem}
          />
          <TextField
            label={t("address")}
            hint={t("address.hint")}
            maxLength={200}
            inputMode="url"
            spellCheck={false}
            value={address}
            onChange={(next) => set({ address: next })}
          />
        </Fields>
      </Card>
    </Section>
  );
}
