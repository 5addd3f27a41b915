import type { AdmissionView, EntryView } from "@sekisho/contract";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { ApiError, type ApiFailure } from "../../api/client.ts";
import type { AddressCommands, AskBody } from "../../api/live/entry-commands.ts";
import { navigate } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { rememberReturn } from "../../app-shell/return-path.ts";
import { loadWords, useWords } from "../../i18n/words.ts";
import { preferences, setPreferences } from "../../media/preferences.ts";
import { prepareChime } from "../../media/signals.ts";
import { useDeviceCheck } from "../../media/use-device-check.ts";
import { announce } from "../../ui/announcer.tsx";
import { EntryForm } from "./entry-form.tsx";
import {
  entryFields,
  missing,
  problemOfFailure,
  toSayOf,
  proofOfFailure,
  proofText,
  type Proof,
  type EntryProblem,
  type EntryValues,
  type Said,
} from "./entry-model.ts";

export interface EntryScreenProps {
  view: EntryView;
  build: number;
  ask: (body: AskBody) => Promise<AdmissionView>;
  link: string;
  address: AddressCommands;
  /** An address was proved: resolves when `view` says so. */
  onProved: () => Promise<void>;
  onAnswer: (admission: AdmissionView) => void;
  /** Answers that are a screen of their own. */
  onFailure: (failure: ApiFailure) => void;
  /** For whoever starts the meeting. */
  check?: ReactNode;
}

/** Few come this way, so nobody else pays for it. */
const AddressScreen = lazy(async () => {
  const [screen] = await Promise.all([import("./address-screen.tsx"), loadWords("invited-address")]);
  return { default: screen.AddressScreen };
});

/** Only some meetings ask for a word beforehand; the others do not load it. */
const BeforeAsking = lazy(async () => {
  const [part] = await Promise.all([import("./before-asking.tsx"), loadWords("fact-sheet")]);
  return { default: part.BeforeAsking };
});

const nothingSaid: Said = { body: {}, gap: null };
const empty: EntryValues = { passcode: "", name: "", affiliation: "" };

export function EntryScreen(props: EntryScreenProps): ReactNode {
  const { view, build } = props;
  const t = useWords("entry");
  const [values, setValues] = useState(empty);
  const [passcodeAsked, setPasscodeAsked] = useState(false);
  const [proofAsked, setProofAsked] = useState<Proof | null>(null);
  const [proving, setProving] = useState(false);
  const [problem, setProblem] = useState<EntryProblem | null>(null);
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [said, setSaid] = useState(nothingSaid);
  const [working, setWorking] = useState(false);
  const devices = useDeviceCheck();
  const toSay = toSayOf(view, asked);
  usePageTitle(t("title"));
  useEffect(() => announce(t("title")), [t]);

  function signIn() {
    rememberReturn(location.pathname);
    navigate("/signin");
  }

  /** The ways side by side: nobody is sent off to sign in who has no account. */
  function askForProof(proof: Proof) {
    setProofAsked(proof);
    announce(t(proofText(proof)), "assertive");
  }

  async function proved() {
    await props.onProved();
    setProofAsked(null);
    setProving(false);
    announce(t("address.provedSaid"));
  }

  function fail(failure: ApiFailure) {
    const proof = proofOfFailure(failure);
    if (proof === "signIn" && !view.addressProof) return signIn();
    if (proof !== null) return askForProof(proof);
    if (failure.code === "passcode_needed") setPasscodeAsked(true);
    const next = problemNow(failure);
    if (next === null) return props.onFailure(failure);
    setProblem(next);
    if (next.kind !== "field") return;
    // What is missing there is said there.
    if (next.field === "before") setAsked([...asked, next.error]);
    else announce(t.maybe(`error.${next.error}`) ?? "", "assertive");
  }

  async function submit() {
    const fields = entryFields(view, passcodeAsked);
    const needed = view.meeting?.passcodeNeeded === true || passcodeAsked;
    const gap = missing(fields, values, needed) ?? said.gap;
    setProblem(gap);
    if (gap !== null) return;
    prepareChime();
    // Said nothing: the camera starts as the meeting says, the microphone as the room allows.
    if (preferences().cameraOn === null && devices.camera === "on") setPreferences({ cameraOn: true });
    setWorking(true);
    try {
      props.onAnswer(
        await props.ask({ ...bodyOf(values, fields.name, fields.passcode), ...said.body, build }),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fail(error.failure);
    } finally {
      setWorking(false);
    }
  }

  if (proving)
    return (
      <Suspense fallback={null}>
        <AddressScreen
          organisation={view.organisation.name}
          commands={props.address}
          onProved={proved}
          onBack={() => setProving(false)}
          onFailure={props.onFailure}
        />
      </Suspense>
    );
  return (
    <EntryForm
      view={view}
      values={values}
      onChange={(change) => setValues({ ...values, ...change })}
      passcodeAsked={passcodeAsked}
      proofAsked={proofAsked}
      onProve={() => setProving(true)}
      problem={problem}
      working={working}
      onSubmit={() => void submit()}
      onSignIn={signIn}
      devices={devices}
      before={
        <>
          {props.check}
          <ToSay {...props} {...{ toSay, asked, problem }} passcode={values.passcode} onSay={setSaid} />
        </>
      }
    />
  );
}

type ToSayProps = Pick<EntryScreenProps, "view" | "link"> & {
  toSay: ReturnType<typeof toSayOf>;
  asked: readonly string[];
  passcode: string;
  problem: EntryProblem | null;
  onSay: (said: Said) => void;
};

function ToSay({ view, link, toSay, asked, passcode, problem, onSay }: ToSayProps): ReactNode {
  if (!toSay.agreement && !toSay.device) return null;
  return (
    <Suspense fallback={null}>
      <BeforeAsking
        {...toSay}
        {...{ link, passcode, problem, onSay }}
        asked={asked.length}
        known={view.meeting !== null}
      />
    </Suspense>
  );
}

/** What time it is, is not a matter of drawing. */
function problemNow(failure: ApiFailure): EntryProblem | null {
  return problemOfFailure(failure, Date.now());
}

function bodyOf(values: EntryValues, named: boolean, passcode: boolean): Omit<AskBody, "build"> {
  return {
    displayName: named ? values.name.trim() : "",
    affiliation: named ? values.affiliation.trim() : "",
    passcode: passcode && values.passcode !== "" ? values.passcode : null,
  };
}
