import type { FeedKind, FeedView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { keywordsOf, standardKeywords } from "./keywords.ts";

export interface FeedWish {
  readonly url: string;
  readonly publicKey: string | null;
  readonly keywords: readonly string[];
}

interface Asking {
  kind: FeedKind;
  working: boolean;
  problem: string | undefined;
  onClose: () => void;
}

export function FeedDialog(
  props: Asking & { feed: FeedView | null; onSubmit: (wish: FeedWish) => void },
): ReactNode {
  const { kind, working, problem, onClose } = props;
  const t = useWords("posture");
  const common = useWords("common");
  const { draft, set, checks, submit } = useDraft(props);
  const typed = (field: keyof Draft) => ({
    ...{ autoComplete: "off", spellCheck: false, value: draft[field] },
    onChange: (text: string) => set({ ...draft, [field]: text }),
    onBlur: checks.leave(field),
    error: checks.errorOf(field),
  });
  return (
    <Dialog title={t(`feed.${kind}`)} onClose={onClose}>
      <p>{t(`feed.${kind}.text`)}</p>
      <Form onSubmit={submit}>
        <Fields>
          <TextField
            {...typed("url")}
            label={t("feed.url")}
            hint={t(`feed.${kind}.hint`)}
            required
            inputMode="url"
            maxLength={500}
          />
          {kind === "releases" ? (
            <TextField {...typed("key")} label={t("feed.key")} hint={t("feed.key.hint")} maxLength={60} />
          ) : (
            <TextField
              {...typed("words")}
              label={t("feed.words")}
              hint={t("feed.words.hint")}
              required
              maxLength={1000}
            />
          )}
          <Problem text={problem} />
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary" busy={working ? t("feed.reading") : undefined}>
              {t("feed.submit")}
            </Button>
          </FormEnd>
        </Fields>
      </Form>
    </Dialog>
  );
}

interface Draft {
  readonly url: string;
  readonly key: string;
  readonly words: string;
}

type Drafting = Pick<Asking, "kind" | "working"> & {
  feed: FeedView | null;
  onSubmit: (wish: FeedWish) => void;
};

function useDraft({ kind, feed, working, onSubmit }: Drafting) {
  const t = useWords("posture");
  const [draft, set] = useState<Draft>({
    url: feed?.url ?? "",
    key: feed?.publicKey ?? "",
    words: (feed?.keywords ?? standardKeywords).join(", "),
  });
  const [url, key] = [draft.url.trim(), draft.key.trim()];
  const keywords = kind === "vulnerabilities" ? keywordsOf(draft.words) : [];
  const checks = useChecks<keyof Draft>({
    ...(isWebAddress(url) ? {} : { url: t("check.url") }),
    ...(kind === "releases" && !isKey(key) ? { key: t("check.key") } : {}),
    ...(kind === "vulnerabilities" && keywords.length === 0 ? { words: t("check.words") } : {}),
  });
  const submit = () => {
    if (!checks.pass() || working) return;
    onSubmit({ url, publicKey: kind === "releases" && key !== "" ? key : null, keywords });
  };
  return { draft, set, checks, submit };
}

function Problem({ text }: { text: string | undefined }): ReactNode {
  return text === undefined ? null : (
    <Note tone="danger" role="alert">
      {text}
    </Note>
  );
}

export function RemoveFeedDialog({
  kind,
  working,
  problem,
  onConfirm,
  onClose,
}: Asking & { onConfirm: () => void }): ReactNode {
  const t = useWords("posture");
  const common = useWords("common");
  return (
    <Dialog
      title={t(`remove.${kind}`)}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button kind="danger" busy={working ? t("working") : undefined} onClick={onConfirm}>
            {t("feed.remove")}
          </Button>
        </>
      }
    >
      <p>{t(`remove.${kind}.text`)}</p>
      <Problem text={problem} />
    </Dialog>
  );
}

/** The server decides whether it may be asked; a list on this machine may be read without TLS. */
function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/u.test(text) && URL.canParse(text);
}

function isKey(text: string): boolean {
  return text === "" || /^[A-Za-z0-9+/]{59}=$/u.test(text);
}
