import type { EntryView } from "@sekisho/contract";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useLanguage, useWords } from "../../i18n/words.ts";
import { DeviceCheck, PreviewPane } from "../../media/device-check.tsx";
import type { DeviceCheckActions, DeviceCheckState } from "../../media/use-device-check.ts";
import { Facts } from "../../meeting-shell/facts.tsx";
import { LanguageButton } from "../../meeting-shell/language-button.tsx";
import { Button } from "../../ui/button.tsx";
import { ClassBadge } from "../../ui/class-badge.tsx";
import { CodeInput } from "../../ui/code-input.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { FieldError } from "../../ui/field.tsx";
import { GuestFrame } from "../../ui/guest-frame.tsx";
import { IdentityBadge } from "../../ui/identity-badge.tsx";
import { isComposing } from "../../ui/ime.ts";
import { Note } from "../../ui/note.tsx";
import { Avatar, fullName, PersonName } from "../../ui/person-name.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useKeyDown } from "../../ui/use-key-down.ts";
import styles from "./entry.module.css";
import {
  entryFields,
  isHosting,
  nextKey,
  type EntryField,
  proofNeeded,
  proofText,
  type Proof,
  type EntryProblem,
  type EntryValues,
} from "./entry-model.ts";
import { WaitText } from "./wait-text.tsx";

export interface EntryFormProps {
  view: EntryView;
  values: EntryValues;
  onChange: (change: Partial<EntryValues>) => void;
  passcodeAsked: boolean;
  /** The server has said that this is missing. */
  proofAsked: Proof | null;
  onProve: () => void;
  problem: EntryProblem | null;
  working: boolean;
  onSubmit: () => void;
  onSignIn: () => void;
  devices: DeviceCheckState & DeviceCheckActions;
  fixedLevel?: number;
  /** What has to be said before asking, where something has. */
  before?: ReactNode;
}

/** One page before the request: passcode, name, devices, what comes next. */
export function EntryForm(props: EntryFormProps): ReactNode {
  const { view, devices } = props;
  const t = useWords("entry");
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  useFocusOnProblem(form, props.problem);
  useKeyDown(form, (event) => {
    // Safari submits with the Enter that ends a conversion.
    if (event.key === "Enter" && isComposing(event)) event.preventDefault();
  });
  const { meeting } = view;
  return (
    <GuestFrame
      wide
      organisation={view.organisation.name}
      side={<Side view={view} />}
      foot={
        <Button
          kind="primary"
          size="large"
          wide
          type="submit"
          form={id}
          busy={props.working ? t(isHosting(view.me) ? "starting" : "asking") : undefined}
        >
          {t(isHosting(view.me) ? "start" : "ask")}
        </Button>
      }
    >
      <form
        id={id}
        ref={form}
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!props.working) props.onSubmit();
        }}
      >
        <Head view={view} />
        {props.problem?.kind === "wait" && (
          <Note tone="warn" role="status">
            <WaitText until={props.problem.until} />
          </Note>
        )}
        <Fields {...props} />
        <div className={styles["devices"]}>
          <DeviceCheck state={devices} actions={devices} fixedLevel={props.fixedLevel} />
          <p className={styles["hint"]}>{t("surroundings")}</p>
        </div>
        {props.before}
        <Note>{t(nextKey(view))}</Note>
        <SignInRow {...props} />
      </form>
      <div className={styles["aside"]}>
        <div className={styles["pane"]}>
          <PreviewPane check={devices.camera} stream={devices.cameraStream} />
        </div>
        {meeting !== null && (
          <section className={styles["about"]}>
            <h2>{t("about")}</h2>
            <Facts facts={meeting} />
          </section>
        )}
      </div>
    </GuestFrame>
  );
}

function Side({ view }: { view: EntryView }): ReactNode {
  const t = useWords("entry");
  const level = view.meeting?.confidentiality;
  return (
    <>
      <LanguageButton />
      {level !== undefined && <ClassBadge level={level} label={t(`class.${level}`)} />}
    </>
  );
}

function Head({ view: { meeting } }: { view: EntryView }): ReactNode {
  const t = useWords("entry");
  return (
    <header>
      <h1 className={styles["title"]}>{t("title")}</h1>
      {meeting !== null && meeting.topic !== null && <p className={styles["topic"]}>{meeting.topic}</p>}
      {meeting !== null && (
        <p className={styles["when"]}>
          <DateText
            from={meeting.startsAt}
            to={meeting.endsAt}
            zone={meeting.timeZone}
            otherLine={(time) => t("meetingTime", { time })}
          />
        </p>
      )}
    </header>
  );
}

function Fields(props: EntryFormProps): ReactNode {
  const { view, values, onChange, passcodeAsked, problem } = props;
  const t = useWords("entry");
  const lang = useLanguage();
  const fields = entryFields(view, passcodeAsked);
  const rule = view.meeting?.nameRule ?? "free";
  const errorAt = (field: EntryField) =>
    problem?.kind === "field" && problem.field === field ? t.maybe(`error.${problem.error}`) : undefined;
  const shown = fullName(lang, values.name.trim(), values.affiliation.trim());
  return (
    <>
      {problem?.kind === "field" && problem.field === "form" && <FieldError>{errorAt("form")}</FieldError>}
      <ProofNote {...props} />
      {fields.passcode && (
        <CodeInput
          name="passcode"
          label={t("passcode")}
          value={values.passcode}
          error={errorAt("passcode")}
          onChange={(passcode) => onChange({ passcode })}
        />
      )}
      {fields.name ? (
        <>
          <TextField
            name="name"
            label={t("name")}
            value={values.name}
            autoComplete="name"
            maxLength={64}
            hint={rule === "free" ? undefined : t(`rule.${rule}`)}
            error={errorAt("name")}
            onChange={(name) => onChange({ name })}
          />
          <TextField
            name="affiliation"
            label={t("affiliation")}
            value={values.affiliation}
            autoComplete="organization"
            maxLength={64}
            hint={shown === "" ? undefined : t("preview", { name: shown })}
            onChange={(affiliation) => onChange({ affiliation })}
          />
        </>
      ) : (
        <Me view={view} />
      )}
    </>
  );
}

/** What lets this person ask: an account, an invited or registered address, or the one that was proved already. */
function ProofNote({ view, proofAsked, onSignIn, onProve }: EntryFormProps): ReactNode {
  const t = useWords("entry");
  const proof = proofNeeded(view, proofAsked);
  if (proof === null) return <Proved view={view} />;
  const byAddress = view.addressProof && view.me.kind === "nobody";
  const actions = (
    <>
      {view.me.kind === "nobody" && <Button onClick={onSignIn}>{t("signIn")}</Button>}
      {byAddress && (
        <Button onClick={onProve}>{t(proof === "signIn" ? "address.start" : "address.confirm")}</Button>
      )}
    </>
  );
  return (
    <Note tone="info" actions={actions}>
      {t(proof === "signIn" && !byAddress ? "signInNeeded" : proofText(proof))}
    </Note>
  );
}

function Proved({ view }: { view: EntryView }): ReactNode {
  const t = useWords("entry");
  if (view.provedDomain === null || view.me.kind !== "nobody") return null;
  return (
    <div>
      <IdentityBadge verified label={t("address.proved", { domain: view.provedDomain })} />
    </div>
  );
}

function SignInRow({ view, proofAsked, onSignIn }: EntryFormProps): ReactNode {
  const t = useWords("entry");
  if (view.me.kind !== "nobody" || proofNeeded(view, proofAsked) !== null) return null;
  return (
    <p className={styles["sign-in"]}>
      {t("hasAccount")}
      <Button kind="quiet" onClick={onSignIn}>
        {t("signIn")}
      </Button>
    </p>
  );
}

/** The account, or who this browser is known to be: neither is typed here. */
function Me({ view: { me, knownAs } }: { view: EntryView }): ReactNode {
  const t = useWords("entry");
  const who = me.kind === "account" ? me : knownAs;
  if (who === null) return null;
  return (
    <div>
      <p className={styles["hint"]}>{t("as")}</p>
      <div className={styles["person"]}>
        <Avatar name={who.displayName} />
        <PersonName name={who.displayName} affiliation={who.affiliation} layout="stacked" />
        {me.kind === "nobody" && knownAs?.proved === true && (
          <IdentityBadge verified label={t("known.proved")} />
        )}
      </div>
    </div>
  );
}

/** Fields keep what was typed; the focus goes to the one to look at again. */
function useFocusOnProblem(
  form: { readonly current: HTMLFormElement | null },
  problem: EntryProblem | null,
): void {
  useEffect(() => {
    if (problem?.kind !== "field") return;
    form.current?.querySelector<HTMLElement>(`[name="${problem.field}"]:not(:checked)`)?.focus();
  }, [form, problem]);
}
