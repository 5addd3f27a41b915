import type { OwnRegistration, RegistrationForm } from "@sekisho/contract";
import { sample } from "../../gallery/sample.ts";
import type { GalleryState } from "../../gallery/state.ts";
import { FormView, type FormViewProps } from "./form-view.tsx";
import { Closed, Sent, Unknown, Unreachable } from "./messages.tsx";
import { OwnView, type OwnViewProps } from "./own-view.tsx";

const nothing = () => undefined;
const startsAt = Date.UTC(2026, 10, 28, 5, 0);
const words = ["registration"] as const;

function form(change: Partial<RegistrationForm> = {}): RegistrationForm {
  return {
    organisation: { name: sample("みどり野銀行", "Midorino Bank") },
    meeting: {
      confidentiality: "low",
      topic: sample("はじめての相続：基礎講座", "Inheritance: the basics"),
      startsAt,
      endsAt: startsAt + 5_400_000,
      timeZone: "Asia/Tokyo",
    },
    state: "open",
    opensAt: startsAt - 20 * 86_400_000,
    closesAt: startsAt - 86_400_000,
    waitingList: false,
    looked: false,
    note: "",
    questions: [],
    keptDays: 30,
    ...change,
  };
}

const questions = (): RegistrationForm["questions"] => [
  { id: "q1", kind: "short", label: sample("役職", "Position"), required: true, options: [] },
  {
    ...{ id: "q2", kind: "choice", label: sample("希望する回", "Which session"), required: true },
    options: [sample("午前の部", "Morning"), sample("午後の部", "Afternoon")],
  },
  { id: "q3", kind: "long", label: sample("聞きたいこと", "Your questions"), required: false, options: [] },
];

const filled = {
  name: "大庭 修一郎",
  organisation: "常磐木製作所",
  email: "ohba@tokiwagi.example",
  answers: {},
};

function filling(id: string, change: () => Partial<FormViewProps>): GalleryState {
  return {
    id: `registration/${id}`,
    words,
    render: () => (
      <FormView
        form={form()}
        values={filled}
        onChange={nothing}
        problem={null}
        working={false}
        onSubmit={nothing}
        {...change()}
      />
    ),
  };
}

function own(
  id: string,
  state: OwnRegistration["state"],
  change: () => Partial<OwnViewProps> = () => ({}),
): GalleryState {
  return {
    id: `registration/own-${id}`,
    words,
    render: () => {
      const { organisation, meeting } = form();
      const view: OwnRegistration = {
        ...{ organisation, meeting, state, name: "大庭 修一郎", affiliation: "常磐木製作所" },
        ...{ formState: "open", passcodeNeeded: false },
      };
      return (
        <OwnView
          own={view}
          problem={null}
          working={false}
          onConfirm={nothing}
          onOpen={nothing}
          onCancel={nothing}
          {...change()}
        />
      );
    },
  };
}

const message = (id: string, render: GalleryState["render"]): GalleryState => ({
  ...{ id: `registration/${id}`, words, render },
});

export const states: readonly GalleryState[] = [
  filling("form", () => ({ values: { name: "", organisation: "", email: "", answers: {} } })),
  filling("questions", () => ({
    form: form({
      questions: questions(),
      note: sample(
        "開始の 10 分前から入れます。資料は当日お見せします。",
        "Doors open ten minutes before the start.",
      ),
    }),
  })),
  filling("fix", () => ({
    form: form({ questions: questions() }),
    values: { ...filled, email: "ohba" },
    problem: {
      kind: "fields",
      errors: { email: "notAccepted", "answers.q1": "missing", "answers.q2": "missing" },
    },
  })),
  filling("waiting-list", () => ({ form: form({ waitingList: true, looked: true }) })),
  filling("sending", () => ({ working: true })),
  filling("too-many", () => ({ problem: { kind: "wait", until: Date.now() + 45_000 } })),
  filling("failed", () => ({ problem: { kind: "failed" } })),
  message("sent", () => <Sent form={form()} address="ohba@tokiwagi.example" onAgain={nothing} />),
  message("not-yet", () => <Closed form={form({ state: "notYet" })} />),
  message("closed", () => <Closed form={form({ state: "closed" })} />),
  message("full", () => <Closed form={form({ state: "full" })} />),
  message("unknown", () => <Unknown />),
  message("unreachable", () => <Unreachable onRetry={nothing} />),
  own("unconfirmed", "unconfirmed"),
  own("unconfirmed-full", "unconfirmed", () => ({ problem: "full" })),
  own("pending", "pending"),
  own("waitlisted", "waitlisted"),
  own("registered", "registered"),
  own("passcode", "registered", () => ({
    own: {
      ...{ organisation: form().organisation, meeting: form().meeting, state: "registered" as const },
      ...{
        name: "勅使河原 万里江",
        affiliation: "山吹台大学附属病院",
        formState: "open" as const,
        passcodeNeeded: true,
      },
    },
  })),
  own("cancel", "registered", () => ({ initialAsking: true })),
  own("failed", "registered", () => ({ problem: "failed" })),
];
