import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";

export const auditKinds = [
  ...(["", "account.", "session.", "invitation.", "organisation.", "meeting.", "barrier."] as const),
  ...(["service.", "webhook.", "audit."] as const),
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** Days as `2026-11-24`; empty: no limit. */
export interface AuditFilter {
  readonly type: AuditKind;
  readonly about: string;
  readonly from: string;
  readonly until: string;
}

export function AuditFilters(props: {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}): ReactNode {
  const t = useWords("audit");
  const [filter, setFilter] = useState(props.filter);
  const about = filter.about.trim();
  const wrong = about !== "" && !/^[A-Za-z0-9_-]{16,64}$/u.test(about);
  return (
    <Form label={t("filters")} onSubmit={() => !wrong && props.onFilter({ ...filter, about })}>
      <Fields>
        <SelectField
          label={t("filter.type")}
          value={filter.type}
          options={auditKinds.map((value) => ({ value, label: t(kindKey(value)) }))}
          onChange={(type) => setFilter({ ...filter, type })}
        />
        <TextField
          label={t("filter.about")}
          hint={t("filter.about.hint")}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          value={filter.about}
          onChange={(next) => setFilter({ ...filter, about: next })}
          error={wrong ? t("filter.about.wrong") : undefined}
        />
        <TextField
          label={t("filter.from")}
          type="date"
          value={filter.from}
          onChange={(from) => setFilter({ ...filter, from })}
        />
        <TextField
          label={t("filter.until")}
          type="date"
          value={filter.until}
          onChange={(until) => setFilter({ ...filter, until })}
        />
        <FormEnd>
          <Button type="submit">{t("filter.submit")}</Button>
        </FormEnd>
      </Fields>
    </Form>
  );
}

function kindKey(kind: AuditKind) {
  const name = kind === "" ? "all" : kind.slice(0, -1);
  const known = ["account", "session", "invitation", "organisation", "meeting", "barrier"] as const;
  const more = ["service", "webhook", "audit"] as const;
  return `kind.${[...known, ...more].find((one) => one === name) ?? "all"}` as const;
}
