import { classicApiScopes, webhookEvents, type ApiScope, type WebhookEvent } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { CopyButton, Well } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldBox, Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { scopeWords } from "./scope-words.ts";

export type Asked =
  | { readonly kind: "newClient" | "newWebhook" | "newDirectory" }
  | {
      readonly kind: "revokeClient" | "removeWebhook" | "revokeDirectory";
      readonly id: string;
      readonly name: string;
    };

/** Shown this once: who closes the dialog cannot see it again. */
export interface Secret {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
}

interface Asking {
  working: boolean;
  problem: string | undefined;
  onClose: () => void;
}

export function NewClientDialog(
  props: Asking & { onSubmit: (wish: { name: string; scopes: ApiScope[] }) => void },
): ReactNode {
  const t = useWords("integrations");
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly ApiScope[]>([]);
  const checks = useChecks<"name" | "scopes">({
    ...(name.trim() === "" ? { name: t("check.name") } : {}),
    ...(scopes.length === 0 ? { scopes: t("check.scopes") } : {}),
  });
  return (
    <Dialog title={t("client.new")} onClose={props.onClose}>
      <p>{t("client.text")}</p>
      <Form onSubmit={() => checks.pass() && props.onSubmit({ name: name.trim(), scopes: [...scopes] })}>
        <Fields>
          <TextField
            label={t("col.name")}
            required
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={setName}
            onBlur={checks.leave("name")}
            error={checks.errorOf("name")}
          />
          <FieldBox group label={t("col.scopes")} error={checks.errorOf("scopes")}>
            {() =>
              classicApiScopes.map((scope) => (
                <Checkbox
                  key={scope}
                  checked={scopes.includes(scope)}
                  onChange={(on) => setScopes(withOne(scopes, scope, on))}
                  hint={<code>{scope}</code>}
                >
                  {scopeWords(t, scope)}
                </Checkbox>
              ))
            }
          </FieldBox>
          <End {...props} submit={t("client.submit")} />
        </Fields>
      </Form>
    </Dialog>
  );
}

export function NewDirectoryDialog(props: Asking & { onSubmit: (name: string) => void }): ReactNode {
  const t = useWords("integrations");
  const [name, setName] = useState("");
  const checks = useChecks<"name">(name.trim() === "" ? { name: t("check.name") } : {});
  return (
    <Dialog title={t("directory.new")} onClose={props.onClose}>
      <p>{t("directory.text")}</p>
      <Form onSubmit={() => checks.pass() && props.onSubmit(name.trim())}>
        <Fields>
          <TextField
            label={t("col.name")}
            hint={t("directory.nameHint")}
            required
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={setName}
            onBlur={checks.leave("name")}
            error={checks.errorOf("name")}
          />
          <End {...props} submit={t("client.submit")} />
        </Fields>
      </Form>
    </Dialog>
  );
}

/** What belongs together is chosen together. */
const families = ["information_barriers", "group", "user", "meeting"] as const;

export function NewWebhookDialog(
  props: Asking & { onSubmit: (wish: { url: string; events: WebhookEvent[] }) => void },
): ReactNode {
  const t = useWords("integrations");
  const [url, setUrl] = useState("");
  const [chosen, setChosen] = useState<readonly (typeof families)[number][]>([]);
  const checks = useChecks<"url" | "events">({
    ...(/^https?:\/\/\S+$/u.test(url.trim()) ? {} : { url: t("check.url") }),
    ...(chosen.length === 0 ? { events: t("check.events") } : {}),
  });
  const events = webhookEvents.filter((event) => chosen.some((family) => event.startsWith(`${family}.`)));
  return (
    <Dialog title={t("webhook.new")} onClose={props.onClose}>
      <p>{t("webhook.text")}</p>
      <Form onSubmit={() => checks.pass() && props.onSubmit({ url: url.trim(), events })}>
        <Fields>
          <TextField
            label={t("col.url")}
            required
            type="url"
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            value={url}
            onChange={setUrl}
            onBlur={checks.leave("url")}
            error={checks.errorOf("url")}
          />
          <FieldBox group label={t("col.events")} error={checks.errorOf("events")}>
            {() =>
              families.map((family) => (
                <Checkbox
                  key={family}
                  checked={chosen.includes(family)}
                  onChange={(on) => setChosen(withOne(chosen, family, on))}
                >
                  {t(`family.${family}`)}
                </Checkbox>
              ))
            }
          </FieldBox>
          <End {...props} submit={t("webhook.submit")} />
        </Fields>
      </Form>
    </Dialog>
  );
}

function withOne<V>(list: readonly V[], one: V, on: boolean): readonly V[] {
  return on ? [...list, one] : list.filter((other) => other !== one);
}

function End({ working, problem, onClose, submit }: Asking & { submit: string }): ReactNode {
  const t = useWords("integrations");
  const common = useWords("common");
  return (
    <>
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
      <FormEnd>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" kind="primary" busy={working ? t("working") : undefined}>
          {submit}
        </Button>
      </FormEnd>
    </>
  );
}

export function SecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }): ReactNode {
  const t = useWords("integrations");
  const common = useWords("common");
  const last = secret.lines.at(-1)?.value ?? "";
  return (
    <Dialog
      title={secret.title}
      onClose={onClose}
      actions={
        <>
          <CopyButton
            text={last}
            label={t("secret.copy")}
            done={common("copied")}
            failed={common("copyFailed")}
          />
          <Button kind="primary" onClick={onClose}>
            {t("secret.close")}
          </Button>
        </>
      }
    >
      <p>{t("secret.text")}</p>
      {secret.lines.map((line) => (
        <Labelled key={line.label} label={line.label} value={line.value} />
      ))}
    </Dialog>
  );
}

/** The name above the value, for those who see it too. */
export function Labelled({ label, value }: { label: string; value: string }): ReactNode {
  return (
    <div>
      <p aria-hidden="true">{label}</p>
      <Well label={label}>{value}</Well>
    </div>
  );
}

type Removal = Extract<Asked, { id: string }>;

const removalWords = {
  revokeClient: "client.revoke",
  removeWebhook: "webhook.remove",
  revokeDirectory: "directory.revoke",
} as const satisfies Record<Removal["kind"], string>;

export function RemoveDialog(props: Asking & { asked: Removal; onConfirm: () => void }): ReactNode {
  const { asked, working, problem, onClose, onConfirm } = props;
  const t = useWords("integrations");
  const common = useWords("common");
  const words = removalWords[asked.kind];
  return (
    <Dialog
      title={t(`${words}.title`)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="danger" busy={working ? t("working") : undefined} onClick={onConfirm}>
            {t(`${words}.submit`)}
          </Button>
        </>
      }
    >
      <Labelled label={t("name")} value={asked.name} />
      <p>{t(`${words}.text`)}</p>
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
    </Dialog>
  );
}
