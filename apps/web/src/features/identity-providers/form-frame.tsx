import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { PageHead, Stack } from "../../ui/page.tsx";
import type { ProviderFormProps } from "./provider-form.tsx";

export interface FormFrameProps extends ProviderFormProps {
  /** Of a new one. */
  title: string;
  onSubmit: () => void;
  children: ReactNode;
}

export function FormFrame(props: FormFrameProps): ReactNode {
  const { provider, title, working, problem, onBack, onSubmit, children } = props;
  const t = useWords("identity-providers");
  const common = useWords("common");
  return (
    <Form onSubmit={() => !working && onSubmit()}>
      <PageHead
        title={provider === undefined ? title : t("form.edit", { name: provider.settings.name })}
        actions={<Button onClick={onBack}>{t("form.back")}</Button>}
      />
      <Stack>
        {provider?.enabled === true && <Note tone="warn">{t("form.changed")}</Note>}
        {children}
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <FormEnd>
          <Button type="submit" kind="primary" size="large" busy={working ? common("saving") : undefined}>
            {t("form.save")}
          </Button>
        </FormEnd>
      </Stack>
    </Form>
  );
}
