import type { BarrierUpstream } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Stack } from "../../ui/page.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { TextField } from "../../ui/text-field.tsx";

export interface UpstreamInput {
  readonly url: string;
  readonly intervalMinutes: number;
  readonly enabled: boolean;
  readonly token?: string;
  readonly confirmed?: boolean;
}

export interface UpstreamDialogProps {
  upstream: BarrierUpstream | null;
  working: boolean;
  problem: string | undefined;
  /** Saving once more says that it was seen what follows. */
  mustConfirm?: boolean;
  onSave: (input: UpstreamInput) => void;
  onClose: () => void;
}

const MINUTES = [5, 15, 60, 360, 1440] as const;

export function UpstreamDialog(props: UpstreamDialogProps): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  const common = useWords("common");
  const { upstream, working, problem, mustConfirm = false, onClose } = props;
  const form = useUpstreamForm(props);
  return (
    <Dialog title={s("upstream.title")} onClose={onClose}>
      <Form onSubmit={form.submit}>
        <Stack gap="field">
          <UpstreamFields form={form} hasToken={upstream?.hasToken === true} />
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary" busy={working ? t("saving") : undefined}>
              {s(mustConfirm ? "upstream.confirm" : "upstream.save")}
            </Button>
          </FormEnd>
        </Stack>
      </Form>
    </Dialog>
  );
}

function useUpstreamForm({ upstream, working, mustConfirm = false, onSave }: UpstreamDialogProps) {
  const s = useWords("barriers-sync");
  const [url, setUrl] = useState(upstream?.url ?? "");
  const [every, setEvery] = useState(String(upstream?.intervalMinutes ?? 60));
  const [enabled, setEnabled] = useState(upstream?.enabled ?? true);
  const [token, setToken] = useState("");
  const checks = useChecks<"url">(
    /^https?:\/\/\S+$/u.test(url.trim()) ? {} : { url: s("upstream.url.check") },
  );
  const submit = () => {
    if (!checks.pass() || working) return;
    const wish = { url: url.trim(), intervalMinutes: Number(every), enabled };
    const input = mustConfirm ? { ...wish, confirmed: true } : wish;
    onSave(token === "" ? input : { ...input, token });
  };
  return { url, setUrl, every, setEvery, enabled, setEnabled, token, setToken, checks, submit };
}

interface FieldsProps {
  form: ReturnType<typeof useUpstreamForm>;
  hasToken: boolean;
}

function UpstreamFields({ form, hasToken }: FieldsProps): ReactNode {
  const s = useWords("barriers-sync");
  const all = new Set([...MINUTES.map(String), form.every]);
  const minutes = [...all].toSorted((a, b) => Number(a) - Number(b));
  return (
    <>
      <TextField
        label={s("upstream.url")}
        hint={s("upstream.url.hint")}
        required
        type="url"
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        value={form.url}
        onChange={form.setUrl}
        onBlur={form.checks.leave("url")}
        error={form.checks.errorOf("url")}
      />
      <TextField
        label={s("upstream.token")}
        hint={s(hasToken ? "upstream.token.keep" : "upstream.token.hint")}
        type="password"
        maxLength={500}
        autoComplete="off"
        value={form.token}
        onChange={form.setToken}
      />
      <SelectField
        label={s("upstream.every")}
        value={form.every}
        onChange={form.setEvery}
        options={minutes.map((value) => ({
          value,
          label: s("upstream.minutes", { count: Number(value) }),
        }))}
      />
      <div>
        <Switch showLabel label={s("upstream.enabled")} on={form.enabled} onChange={form.setEnabled} />
      </div>
    </>
  );
}
