import { useEffect, useState, type ReactNode } from "react";
import { ApiError, type ApiFailure } from "../../api/client.ts";
import type { AddressCommands } from "../../api/live/entry-commands.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { AddressForm } from "./address-form.tsx";
import {
  addressGap,
  addressProblemOf,
  codeGap,
  resendAfterMs,
  type AddressProblem,
  type AddressStage,
  type AddressValues,
} from "./address-model.ts";

export interface AddressScreenProps {
  organisation: string;
  commands: AddressCommands;
  /** Resolves when the page knows what the server knows now. */
  onProved: () => Promise<void>;
  onBack: () => void;
  onFailure: (failure: ApiFailure) => void;
}

/** From the address to the badge: asks for a code, checks it, goes back to the form. */
export function AddressScreen(props: AddressScreenProps): ReactNode {
  const { commands } = props;
  const t = useWords("invited-address");
  const [stage, setStage] = useState<AddressStage>("address");
  const [values, setValues] = useState<AddressValues>({ email: "", code: "" });
  const [problem, setProblem] = useState<AddressProblem | null>(null);
  const [working, setWorking] = useState(false);
  const [resendAt, setResendAt] = useState(0);
  usePageTitle(t("title"));
  useEffect(() => announce(t("title")), [t]);

  function show(next: AddressProblem | null) {
    setProblem(next);
    if (next?.kind === "field") announce(t(next.error), "assertive");
  }

  async function run(work: () => Promise<void>) {
    setWorking(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const next = addressProblemOf(error.failure, stage, Date.now());
      if (next === null) props.onFailure(error.failure);
      else show(next);
    } finally {
      setWorking(false);
    }
  }

  async function send() {
    const gap = addressGap(values.email);
    show(gap);
    if (gap !== null) return;
    await run(async () => {
      await commands.send(values.email);
      setResendAt(Date.now() + resendAfterMs);
      setValues({ ...values, code: "" });
      setStage("code");
      announce(t("sent"));
    });
  }

  async function check() {
    const gap = codeGap(values.code);
    show(gap);
    if (gap !== null) return;
    await run(async () => {
      await commands.confirm(values.email, values.code);
      await props.onProved();
    });
  }

  return (
    <AddressForm
      organisation={props.organisation}
      stage={stage}
      values={values}
      onChange={(change) => setValues({ ...values, ...change })}
      problem={problem}
      working={working}
      resendAt={resendAt}
      onSubmit={() => void (stage === "address" ? send() : check())}
      onResend={() => void send()}
      onOtherAddress={() => {
        setProblem(null);
        setStage("address");
      }}
      onBack={props.onBack}
    />
  );
}
