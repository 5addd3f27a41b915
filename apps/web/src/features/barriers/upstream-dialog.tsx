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
}

export interface UpstreamDialogProps {
  upstream: BarrierUpstream | null;
  working: boolean;
  problem: string | undefined;
  onSave: (input: UpstreamInput) => void;
  onClose: () => void;
}

const MINUTES = [5, 15, 60, 360, 1440] as const;

export function UpstreamDialog({
  upstream,
  working,
  problem,
  onSave,
  onClose,
}: UpstreamDialogProps): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  const common = useWords("common");
  const [url, setUrl] = useState(upstream?.url ?? "");
  const [every, setEvery] = useState(String(upstream?.intervalMinutes ?? 60));
  const [enabled, setEnabled] = useState(upstream?.enabled ?? true);
  const [token, setToken] = useState("");
  const checks = useChecks<"url">(
    /^https?:\/\/\S+$/u.test(url.trim()) ? {} : { url: s("upstream.url.check") },
  );
  const minutes = [...new Set([...MINUTES.map(String), every])].toSorted((a, b) => Number(a) - Number(b));
  const submit = () => {
    if (!checks.pass() || working) return;
    const input = { url: url.trim(), intervalMinutes: Number(every), enabled };
    onSave(token === "" ? input : { ...input, token });
  };
  return (
    <Dialog title={s("upstream.title")} onClose={onClose}>
      <Form onSubmit={submit}>
        <Stack gap="field">
          <TextField
            label={s("upstream.url")}
            hint={s("upstream.url.hint")}
            required
            type="url"
            maxLength={500}
            spellCheck={false}
            autoComplete="off"
            value={url}
            onChange={setUrl}
            onBlur={checks.leave("url")}
            error={checks.errorOf("url")}
          />
          <TextField
            label={s("upstream.token")}
            hint={s(upstream?.hasToken === true ? "upstream.token.keep" : "upstream.token.hint")}
            type="password"
            maxLength={500}
            autoComplete="off"
            value={token}
            onChange={setToken}
          />
          <SelectField
            label={s("upstream.every")}
            value={every}
            onChange={setEvery}
            options={minutes.map((value) => ({
              value,
              label: s("upstream.minutes", { count: Number(value) }),
            }))}
          />
          <div>
            <Switch showLabel label={s("upstream.enabled")} on={enabled} onChange={setEnabled} />
          </div>
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary" busy={working ? t("saving") : undefined}>
              {s("upstream.save")}
            </Button>
          </FormEnd>
        </Stack>
      </Form>
    </Dialog>
  );
}
