import KeyRound from "lucide-react/icons/key-round";
import type { FactorMethod } from "@sekisho/contract";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { CodeInput } from "../../ui/code-input.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { Stack } from "../../ui/page.tsx";

export type CodeMethod = Exclude<FactorMethod, "passkey">;

export interface FactorFormProps {
  /** Those that the account has, the best first. */
  methods: readonly FactorMethod[];
  working: boolean;
  problem: string | undefined;
  onPasskey: () => void;
  onCode: (method: CodeMethod, code: string) => void;
  onMethod?: () => void;
  initialMethod?: FactorMethod;
  /** There is something to read first. */
  later?: boolean;
}

const LENGTH: { readonly [M in CodeMethod]: number } = { totp: 6, recovery: 12 };

/** One way at a time; the others are a press away. */
export function FactorForm(props: FactorFormProps): ReactNode {
  const t = useWords("second-factor");
  const { methods } = props;
  const [method, setMethod] = useState<FactorMethod>(props.initialMethod ?? methods[0] ?? "totp");
  const others = methods.filter((one) => one !== method);
  return (
    <Stack gap="field">
      {props.problem !== undefined && (
        <Note tone="danger" role="alert">
          {props.problem}
        </Note>
      )}
      {method === "passkey" ? (
        <PasskeyStep {...props} />
      ) : (
        <CodeStep key={method} {...props} method={method} />
      )}
      {others.length > 0 && (
        <Stack gap="tight">
          <p>{t("otherWay")}</p>
          {others.map((one) => (
            <div key={one}>
              <Button
                kind="quiet"
                onClick={() => {
                  setMethod(one);
                  props.onMethod?.();
                }}
              >
                {t(`use.${one}`)}
              </Button>
            </div>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function PasskeyStep({ working, onPasskey }: FactorFormProps): ReactNode {
  const t = useWords("second-factor");
  return (
    <>
      <p>{t("passkey.ask")}</p>
      <Button
        kind="primary"
        size="large"
        wide
        data-focus
        icon={<KeyRound />}
        busy={working ? t("checking") : undefined}
        onClick={onPasskey}
      >
        {t("use.passkey")}
      </Button>
    </>
  );
}

function CodeStep(props: FactorFormProps & { method: CodeMethod }): ReactNode {
  const { method, working, problem, onCode, later = false } = props;
  const t = useWords("second-factor");
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const input = box.current?.querySelector("input");
    if (!later || problem !== undefined) input?.focus();
    if (problem !== undefined) input?.select();
  }, [later, problem]);
  const complete = code.length === LENGTH[method];
  const submit = () => {
    setMissing(!complete);
    if (complete && !working) onCode(method, code);
  };
  return (
    <Form onSubmit={submit} label={t(`label.${method}`)}>
      <div ref={box}>
        <Stack gap="field">
          <CodeInput
            name="code"
            digitsOnly={method === "totp"}
            group={method === "totp" ? 3 : 4}
            label={t(`label.${method}`)}
            hint={t(`hint.${method}`)}
            value={code}
            error={missing && !complete ? t(`short.${method}`) : undefined}
            onChange={(next) => setCode(next.slice(0, LENGTH[method]))}
          />
          <Button type="submit" kind="primary" size="large" wide busy={working ? t("checking") : undefined}>
            {t("check")}
          </Button>
        </Stack>
      </div>
    </Form>
  );
}
