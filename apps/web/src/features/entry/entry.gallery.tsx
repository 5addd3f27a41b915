import type { EntryView, MeetingFacts } from "@sekisho/contract";
import type { ReactNode } from "react";
import type { GalleryState } from "../../gallery/state.ts";
import { sample } from "../../gallery/sample.ts";
import type { DeviceCheckActions, DeviceCheckState } from "../../media/use-device-check.ts";
import { AddressForm, type AddressFormProps } from "./address-form.tsx";
import type { BeforeAskingViewProps } from "./before-asking-view.tsx";
import { EntryForm } from "./entry-form.tsx";
import { beforeAsking } from "./fact-sheet.gallery.tsx";
import type { EntryProblem, EntryValues } from "./entry-model.ts";
import { StopScreen, type StopKind } from "./stop-screen.tsx";

const nothing = () => undefined;
const startsAt = Date.UTC(2026, 10, 24, 7, 0);

function facts(change: Partial<MeetingFacts> = {}): MeetingFacts {
  return {
    confidentiality: "high",
    encryption: "transport",
    visibility: "private",
    startsAt,
    endsAt: startsAt + 3_600_000,
    timeZone: "Asia/Tokyo",
    topic: null,
    region: { label: sample("東京", "Tokyo"), country: "JP" },
    recording: "none",
    verification: "person",
    waitingRoom: true,
    signInNeeded: false,
    passcodeNeeded: true,
    addressNeeded: false,
    registrationNeeded: false,
    participantVideo: false,
    nameRule: "free",
    toSay: { agreement: null, device: false },
    ...change,
  };
}

const organisation = () => sample("みどり野銀行", "Midorino Bank");

function view(change: Partial<EntryView> = {}): EntryView {
  return {
    organisation: { name: organisation() },
    meeting: facts(),
    me: { kind: "nobody" },
    provedDomain: null,
    addressProof: false,
    knownAs: null,
    admission: { state: "none" },
    serverTime: startsAt,
    minimumBuild: 1,
    ...change,
  };
}

const checked: DeviceCheckState = {
  microphone: "works",
  microphoneStream: null,
  camera: "off",
  cameraStream: null,
};

const actions: DeviceCheckActions = {
  tryMicrophone: nothing,
  withoutMicrophone: nothing,
  turnCamera: nothing,
};

const filled: EntryValues = {
  passcode: "KH4T9WRM3X",
  name: "勅使河原 万里江",
  affiliation: "山吹台大学附属病院",
};

interface Options {
  readonly view?: EntryView;
  readonly values?: EntryValues;
  readonly problem?: EntryProblem;
  readonly working?: boolean;
  readonly devices?: Partial<DeviceCheckState>;
  readonly before?: Partial<BeforeAskingViewProps>;
}

function form(options: Options = {}): ReactNode {
  return (
    <EntryForm
      view={options.view ?? view()}
      values={options.values ?? filled}
      onChange={nothing}
      passcodeAsked={false}
      proofAsked={null}
      onProve={nothing}
      problem={options.problem ?? null}
      working={options.working ?? false}
      onSubmit={nothing}
      onSignIn={nothing}
      devices={{ ...checked, ...actions, ...options.devices }}
      fixedLevel={0.66}
      before={options.before === undefined ? undefined : beforeAsking(options.before)}
    />
  );
}

const words = ["entry", "media", "facts", "fact-sheet"] as const;

function entry(id: string, options: () => Options): GalleryState {
  return { id: `entry/${id}`, words, render: () => form(options()) };
}

const account = {
  kind: "account",
  displayName: "佐久間 里奈",
  affiliation: "みどり野銀行",
  hosting: false,
  meetingId: null,
  riskOpen: false,
} as const;
const empty: EntryValues = { passcode: "", name: "", affiliation: "" };
const refused = { kind: "field", field: "passcode", error: "entry_not_accepted" } as const;

const forms: readonly GalleryState[] = [
  entry("form", () => ({})),
  entry("untested", () => ({ values: empty, devices: { microphone: "untested" } })),
  entry("bare", () => ({ view: view({ meeting: null }), values: empty })),
  entry("account", () => ({
    view: view({
      me: account,
      meeting: facts({
        confidentiality: "medium",
        passcodeNeeded: false,
        topic: sample("融資条件のご説明", "Loan terms"),
      }),
    }),
  })),
  entry("host", () => ({
    view: view({ me: { ...account, hosting: true }, meeting: facts({ passcodeNeeded: false }) }),
  })),
  entry("sign-in-needed", () => ({ view: view({ meeting: facts({ signInNeeded: true }) }), values: empty })),
  entry("sign-in-or-address", () => ({
    view: view({ meeting: facts({ signInNeeded: true }), addressProof: true }),
    values: empty,
  })),
  entry("address-proved", () => ({
    view: view({ addressProof: true, provedDomain: "daigaku-byoin.yamabukidai.example" }),
  })),
  entry("address-needed", () => ({
    view: view({ meeting: facts({ addressNeeded: true }), addressProof: true }),
    values: empty,
  })),
  entry("registration-needed", () => ({
    view: view({
      meeting: facts({ confidentiality: "low", registrationNeeded: true, passcodeNeeded: false }),
      addressProof: true,
    }),
    values: empty,
  })),
  entry("known", () => ({
    view: view({
      meeting: facts({
        confidentiality: "low",
        passcodeNeeded: false,
        topic: sample("相続の基礎講座", "Inheritance basics"),
      }),
      knownAs: { displayName: "大庭 修一郎", affiliation: "常磐木製作所", proved: true },
    }),
    values: empty,
  })),
  entry("known-unproved", () => ({
    view: view({
      meeting: facts({ confidentiality: "low", passcodeNeeded: false }),
      knownAs: { displayName: "大庭 修一郎", affiliation: "", proved: false },
    }),
    values: empty,
  })),
  entry("other-zone", () => ({
    view: view({ meeting: facts({ confidentiality: "low", timeZone: "Europe/Berlin", region: null }) }),
  })),
  entry("agreement", () => ({ before: {} })),
  entry("agreement-missing", () => ({
    problem: { kind: "field", field: "before", error: "agreement_needed" },
    before: {
      ticks: { read: true, policy: false, device: false },
      error: sample(
        "説明を読み、両方を確認すると申請できます。",
        "You can ask to join once you have read it and confirmed both.",
      ),
    },
  })),
  entry("agreement-failed", () => ({ before: { agreement: { kind: "failed" } } })),
  entry("agreement-and-device", () => ({
    before: { device: true, ticks: { read: true, policy: true, device: true } },
  })),
  entry("device-alone", () => ({
    view: view({ me: { ...account, hosting: true }, meeting: facts({ passcodeNeeded: false }) }),
    before: { agreement: null, device: true },
  })),
  entry("name-with-affiliation", () => ({
    view: view({ meeting: facts({ nameRule: "withAffiliation" }) }),
    values: { ...filled, affiliation: "" },
    problem: { kind: "field", field: "name", error: "name_not_accepted" },
  })),
  entry("name-against-rule", () => ({
    view: view({ meeting: facts({ nameRule: "registered" }) }),
    problem: { kind: "field", field: "name", error: "name_not_accepted" },
  })),
  entry("not-accepted", () => ({ problem: refused })),
  entry("name-not-accepted", () => ({
    problem: { kind: "field", field: "name", error: "name_not_accepted" },
  })),
  entry("too-many", () => ({ problem: { kind: "wait", until: Date.now() + 45_000 } })),
  entry("asking", () => ({ working: true })),
  entry("microphone-denied", () => ({ devices: { microphone: "denied", camera: "denied" } })),
  entry("microphone-missing", () => ({ devices: { microphone: "missing", camera: "missing" } })),
  entry("microphone-busy", () => ({ devices: { microphone: "busy", camera: "busy" } })),
  entry("microphone-without", () => ({ devices: { microphone: "without" } })),
  entry("long-name", () => ({
    values: {
      ...filled,
      name: "勅使河原万里江勅使河原万里江勅使河原万里江勅使河原万里江勅使河原",
      affiliation: "山吹台大学附属病院経営企画室山吹台大学附属病院経営企画室山吹台大学附属病院経営",
    },
  })),
];

function address(id: string, change: Partial<AddressFormProps>): GalleryState {
  return {
    id: `entry/address-${id}`,
    words: ["entry", "invited-address"],
    render: () => (
      <AddressForm
        organisation={organisation()}
        stage="code"
        values={{ email: "marie.teshigawara@yamabukidai.example", code: "" }}
        onChange={nothing}
        problem={null}
        working={false}
        resendAt={0}
        onSubmit={nothing}
        onResend={nothing}
        onOtherAddress={nothing}
        onBack={nothing}
        {...change}
      />
    ),
  };
}

const code = { email: "marie.teshigawara@yamabukidai.example", code: "042917" };
const addresses: readonly GalleryState[] = [
  address("empty", { stage: "address", values: { email: "", code: "" } }),
  address("invalid", {
    stage: "address",
    values: { email: "marie.teshigawara", code: "" },
    problem: { kind: "field", field: "email", error: "invalid" },
  }),
  address("sending", { stage: "address", working: true }),
  address("sent", { resendAt: Date.now() + 45_000 }),
  address("code-wrong", {
    values: code,
    problem: { kind: "field", field: "code", error: "codeWrong" },
  }),
  address("checking", { values: code, working: true }),
  address("too-many", { values: code, problem: { kind: "wait", until: Date.now() + 45_000 } }),
];

const withReference: ReadonlySet<StopKind> = new Set(["refused", "removed"]);
const withAct: ReadonlySet<StopKind> = new Set([
  "left",
  "absent",
  "withdrawn",
  "elsewhere",
  "unreachable",
  "old",
  "unsupported",
  "unprotected",
]);

function stop(kind: StopKind): GalleryState {
  return {
    id: `entry/stop-${kind}`,
    words: ["stop"],
    render: () => (
      <StopScreen
        kind={kind}
        organisation={organisation()}
        {...(withReference.has(kind) ? { reference: "R7K-24WD" } : {})}
        {...(withAct.has(kind) ? { onAct: nothing } : {})}
      />
    ),
  };
}

const kinds: readonly StopKind[] = [
  "refused",
  "removed",
  "ended",
  "left",
  "absent",
  "withdrawn",
  "elsewhere",
  "unreachable",
  "old",
  "unsupported",
  "unprotected",
  "insecure",
];

export const states: readonly GalleryState[] = [...forms, ...addresses, ...kinds.map(stop)];
