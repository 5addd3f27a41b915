import type { ReactNode } from "react";
import { BarePage } from "../../app-shell/bare-page.tsx";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { CodeInput } from "../../ui/code-input.tsx";
import { groupCode } from "../../ui/code.ts";
import { Well } from "../../ui/copy.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";

export type PageStage =
  | { readonly kind: "ask" | "code" }
  | { readonly kind: "shown"; readonly passcode: string };

export interface PasscodePageViewProps {
  stage: PageStage;
  code: string;
  working: boolean;
  problem: string | undefined;
  onCode: (code: string) => void;
  onAsk: () => void;
  onOpen: () => void;
}

/** A button, a code, the passcode: once. No step says whether there is such a page. */
export function PasscodePageView(props: PasscodePageViewProps): ReactNode {
  const { stage, problem } = props;
  const t = useWords("passcode-page");
  return (
    <BarePage title={t("title")} lead={stage.kind === "shown" ? undefined : t("lead")}>
      <Stack gap="field">
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <Card>
          {stage.kind === "ask" && <Ask {...props} />}
          {stage.kind === "code" && <Code {...props} />}
          {stage.kind === "shown" && (
            <Stack gap="field">
              <Well label={t("passcode")}>{groupCode(stage.passcode)}</Well>
              <p>{t("next")}</p>
            </Stack>
          )}
        </Card>
        {stage.kind === "shown" && <Note tone="warn">{t("once")}</Note>}
      </Stack>
    </BarePage>
  );
}

function Ask({ working, onAsk }: PasscodePageViewProps): ReactNode {
  const t = useWords("passcode-page");
  return (
    <Stack gap="field">
      <p>{t("ask.text")}</p>
      <Button kind="primary" size="large" wide busy={working ? t("sending") : undefined} onClick={onAsk}>
        {t("ask")}
      </Button>
    </Stack>
  );
}

function Code({ code, working, onCode, onAsk, onOpen }: PasscodePageViewProps): ReactNode {
  const t = useWords("passcode-page");
  return (
    <Form onSubmit={() => !working && onOpen()}>
      <Stack gap="field">
        <Note tone="info">{t("sent")}</Note>
        <CodeInput
          digitsOnly
          name="code"
          group={3}
          label={t("code")}
          hint={t("codeHint")}
          value={code}
          onChange={(next) => onCode(next.slice(0, 6))}
        />
        <Button type="submit" kind="primary" size="large" wide busy={working ? t("checking") : undefined}>
          {t("open")}
        </Button>
        <Button wide onClick={() => !working && onAsk()}>
          {t("again")}
        </Button>
      </Stack>
    </Form>
  );
}
