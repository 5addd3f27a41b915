import type {
  ClassesForHosts,
  InvitationOverview,
  InvitedPerson,
  MeetingDetail,
  MeetingInput,
  MeetingPreview,
} from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import { useChecks } from "../../app-shell/use-checks.ts";
import {
  MeetingDetailView,
  type MeetingDetailViewProps,
} from "../../features/meeting-detail/meeting-detail-view.tsx";
import { draftOf, type Draft } from "../../features/schedule/draft.ts";
import type { FieldName, ScheduleForm } from "../../features/schedule/form-context.ts";
import { LeaveDialog } from "../../features/schedule/leave-dialog.tsx";
import { ScheduleView, type ScheduleViewProps } from "../../features/schedule/schedule-view.tsx";
import type { SendingControl } from "../../features/meeting-detail/use-sending.ts";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import { Note } from "../../ui/note.tsx";
import { sample } from "../sample.ts";
import type { GalleryState } from "../state.ts";

const at = Date.UTC(2026, 10, 24, 7, 0);
const week = 7 * 86_400_000;
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const quiet = () => undefined;

function settings(): MeetingInput {
  return {
    topic: sample("融資条件のご説明", "Loan terms: first discussion"),
    description: sample("資料は前日に送ります。", "Papers are sent the day before."),
    confidentiality: "medium",
    encryption: "transport",
    transportRiskAccepted: true,
    visibility: "private",
    start: "2026-11-24T16:00",
    timeZone: "Asia/Tokyo",
    durationMinutes: 60,
    recurrence: null,
    meetingNumber: "automatic",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: true,
    whoMayJoin: "anyoneWithLink",
    allowedDomains: [],
    hostVideo: false,
    participantVideo: false,
    audio: "computer",
    screenShare: "everyone",
    chat: "everyone",
    rename: "nobody",
    unmute: "everyone",
    invitees: [
      { name: "桐生 真帆", organisation: "", email: "maho.kiryu@midorino.example" },
      { name: "大庭 修一郎", organisation: "常磐木製作所", email: "oba@tokiwagi.example" },
      {
        name: "勅使河原万里江勅使河原万里江勅使河原万里江勅使河原万里江勅使河原",
        organisation: "山吹台大学附属病院経営企画室山吹台大学附属病院経営企画室山吹台大学附属病院経営",
        email: "teshigawara@yamabuki.example",
      },
    ],
    coHosts: [],
    verifier: id(2),
    agreement: false,
    guestProof: "none",
    nameRule: "free",
    registration: "none",
  };
}

const noWords = { defaults: {}, definition: { ja: "", en: "" } };
const classes: ClassesForHosts = {
  high: {
    defaults: {},
    definition: {
      ja: "役員会の資料、与信の判断、お客様の財務情報（文書規程 第 4 条）",
      en: "Board papers, credit decisions, customers' finances (document rules, section 4)",
    },
  },
  medium: noWords,
  low: noWords,
};

const field = (
  name: MeetingPreview["effective"][number]["field"],
  value: string | boolean,
  fixedBy: ("preset" | "organisation" | "server")[] = [],
) => ({
  field: name,
  value,
  reasons: fixedBy,
  fixedBy,
});

const effective: MeetingPreview["effective"] = [
  field("encryption", "transport"),
  field("whoMayJoin", "anyoneWithLink"),
  field("visibility", "private"),
  field("passcodeRequired", true, ["preset"]),
  field("waitingRoom", true, ["preset"]),
  field("joinBeforeHost", false, ["preset"]),
  field("muteOnEntry", true),
  field("verifierRequired", true),
  field("screenShare", "nobody", ["preset"]),
  field("chat", "everyone", ["organisation"]),
  field("recording", "off", ["server", "preset"]),
  field("files", "off", ["server"]),
];

const occurrence = (n: number) => ({
  startsAt: at + n * week,
  endsAt: at + n * week + 3_600_000,
  localStart: "2026-11-24T16:00",
});

const preview: MeetingPreview = {
  effective,
  contradictions: [],
  nextOccurrences: [occurrence(0), occurrence(1), occurrence(2)],
  recurrenceProblem: null,
  startsInPast: false,
};

function detail(change: Partial<MeetingDetail> = {}): MeetingDetail {
  return {
    id: id(9),
    topic: settings().topic,
    confidentiality: "medium",
    link: "7qV0w4Kx9mZpR2sTbN8cLd",
    next: occurrence(0),
    timeZone: "Asia/Tokyo",
    recurring: false,
    hostName: "佐久間 里奈",
    mine: true,
    people: { invited: 3, external: 2 },
    status: "scheduled",
    settings: settings(),
    effective,
    contradictions: [],
    joinUrl: "https://meet.midorino.example/m/7qV0w4Kx9mZpR2sTbN8cLd",
    number: "842 1093 5571",
    hasPasscode: true,
    invitation: {
      ja: "打ち合わせのご案内\n\n日時：2026年11月24日(火) 16:00–17:00 JST\n参加：https://meet.midorino.example/m/7qV0w4Kx9mZpR2sTbN8cLd\n\n会議パスコードは、別の方法でお伝えします。",
      en: "Invitation to a meeting\n\nTue 24 November 2026, 16:00–17:00 JST\nhttps://meet.midorino.example/m/7qV0w4Kx9mZpR2sTbN8cLd\n\nThe passcode comes another way.",
    },
    calendar: {
      ics: "/api/meetings/x/calendar.ics",
      google: "https://calendar.google.com/x",
      outlook: "https://outlook.office.com/x",
    },
    occurrences: [occurrence(0), occurrence(1), occurrence(2)],
    coHosts: [],
    verifier: { id: id(2), displayName: "桐生 真帆" },
    abilities: ["start", "edit", "cancel", "showPasscode", "changePasscode"],
    version: 1,
    ...change,
  };
}

const shown = {
  passcode: "KH4T9WRM3X",
  readOut: {
    ja: "けー・えいち・よん・てぃー、きゅう・だぶりゅー・あーる・えむ、さん・えっくす",
    en: "K as in Kyoto, H as in Hakone, four, T as in Tokyo; nine, W, R, M; three, X",
  },
};

const ways = (secondWay: boolean, sms: boolean): InvitedPerson["channels"] => [
  { channel: "sms", refusal: sms ? null : "noNumber" },
  { channel: "secondMail", refusal: secondWay ? null : "noSecondAddress" },
  { channel: "oneTimePage", refusal: secondWay || sms ? null : "noProof" },
  { channel: "readOut", refusal: null },
];

function overview(change: Partial<InvitationOverview> = {}): InvitationOverview {
  const [colleague, customer, doctor] = settings().invitees;
  const base = {
    account: false,
    locale: "ja",
    secondEmail: null,
    phone: null,
    link: null,
    passcode: null,
  } as const;
  const sent = { what: "link", state: "sent", problem: null, at: at - week, outdated: false } as const;
  return {
    able: { mail: true, sms: true },
    passcodeNeeded: true,
    cancelled: false,
    subject: { ja: settings().topic, en: settings().topic },
    people: [
      ...(colleague === undefined
        ? []
        : [{ ...base, ...colleague, account: true, channels: ways(false, false), link: sent }]),
      ...(customer === undefined
        ? []
        : [
            {
              ...base,
              ...customer,
              ...{ secondEmail: "oba@home.example", phone: "+819012345678", link: sent },
              channels: ways(true, true),
              passcode: { channel: "sms", state: "sent", problem: null, at: at - week } as const,
            },
          ]),
      ...(doctor === undefined
        ? []
        : [
            {
              ...base,
              ...doctor,
              channels: ways(false, false),
              link: { ...sent, state: "failed", problem: "recipientRefused" } as const,
            },
          ]),
    ].map((person) => ({
      ...base,
      ...person,
      locale: "ja",
      secondEmail: person.secondEmail ?? null,
      phone: person.phone ?? null,
    })),
    ...change,
  };
}

const control: SendingControl = {
  overview: undefined,
  messages: [],
  working: false,
  error: null,
  sendLinks: async () => true,
  sendPasscode: async () => true,
  open: async () => undefined,
  handOver: async () => true,
  calm: quiet,
};

function sending(
  change: Partial<InvitationOverview> = {},
  more: Partial<SendingControl> = {},
): SendingControl {
  return { ...control, overview: overview(change), ...more };
}

/** With no mail server: everything waits for its host. */
function waiting(): SendingControl {
  const people = overview().people.map((person) => ({
    ...person,
    link: { what: "link", state: "noTransport", problem: null, at, outdated: false } as const,
  }));
  const messages = people.map(({ name, email }, index) => ({
    ...({ id: id(index + 1), kind: index === 1 ? "passcode" : "invitation", channel: "mail" } as const),
    ...({
      state: "noTransport",
      problem: null,
      createdAt: at,
      sentAt: null,
      to: email,
      name,
      readable: true,
    } as const),
  }));
  return sending({ able: { mail: false, sms: false }, people }, { messages });
}

const quietDetail = {
  calendarFirst: "outlook",
  shown: undefined,
  passcodeWorking: false,
  problem: undefined,
  cancelling: false,
  sending: control,
  onShow: quiet,
  onHide: quiet,
  onChangePasscode: quiet,
  onCancel: quiet,
} as const;

function Framed({ children }: { children: ReactNode }): ReactNode {
  return (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="meetings">
      {children}
    </Frame>
  );
}

function detailState(
  name: string,
  change: () => Partial<MeetingDetailViewProps> & { meeting?: MeetingDetail },
): GalleryState {
  return {
    id: `meeting-detail/${name}`,
    words: ["meeting-detail", "invitations", "rules", "account", "shell"],
    render: () => (
      <Framed>
        <MeetingDetailView {...quietDetail} sending={sending()} meeting={detail()} {...change()} />
      </Framed>
    ),
  };
}

interface FormProps {
  change?: Partial<Draft>;
  answer?: Partial<MeetingPreview>;
  wrong?: boolean;
  view?: Partial<ScheduleViewProps>;
}

function Schedule({ change, answer, wrong, view }: FormProps): ReactNode {
  const t = wordsOf(currentLanguage(), "schedule");
  const draft = { ...draftOf(settings()), ...change };
  const checks = useChecks<FieldName>({});
  const form: ScheduleForm = {
    draft,
    set: quiet,
    chooseClass: quiet,
    classes,
    before: draftOf(settings()),
    preview: draft.confidentiality === undefined ? undefined : { ...preview, ...answer },
    checks:
      wrong === true
        ? {
            ...checks,
            shownCount: 3,
            errorOf: (name) =>
              ({
                level: t("class.check"),
                risk: t("risk.check"),
                topic: t("topic.check"),
                start: t("start.past"),
                duration: undefined,
                passcode: t("passcode.check"),
                domains: undefined,
                repeat: undefined,
              })[name],
          }
        : checks,
    resolve: quiet,
    people: [],
    onSearch: quiet,
    nameOf: () => "桐生 真帆",
    isColleague: (email) => email.endsWith("midorino.example"),
    selfId: id(1),
    passcode: "KH4T9WRM3X",
    setPasscode: quiet,
    now: at,
  };
  return (
    <Framed>
      <ScheduleView
        form={form}
        editing={false}
        working={false}
        problem={null}
        onDropDraft={undefined}
        onSubmit={quiet}
        onCancel={quiet}
        {...view}
      />
    </Framed>
  );
}

function scheduleState(name: string, props: () => FormProps, more?: () => ReactNode): GalleryState {
  return {
    id: `schedule/${name}`,
    words: ["schedule", "rules", "account", "shell"],
    render: () => (
      <>
        <Schedule {...props()} />
        {more?.()}
      </>
    ),
  };
}

const detailStates: readonly GalleryState[] = [
  detailState("host", () => ({})),
  detailState("states-not-there-yet", () => ({ sending: control })),
  detailState("send-links", () => ({ initialAsking: "sendLinks" })),
  detailState("send-refused", () => ({
    initialAsking: "sendLinks",
    problem: wordsOf(currentLanguage(), "account")("error.passcode_in_text"),
  })),
  detailState("send-passcode", () => ({ initialAsking: { passcodeBy: "secondMail" } })),
  detailState("send-passcode-read", () => ({ initialAsking: { passcodeBy: "readOut" }, shown })),
  detailState("outbox", () => ({ sending: waiting() })),
  detailState("outbox-send", () => ({ sending: waiting(), initialAsking: "sendLinks" })),
  detailState("changed-since", () => ({
    sending: sending({
      people: overview().people.map((one) => ({
        ...one,
        link: one.link === null ? null : { ...one.link, state: "sent", problem: null, outdated: true },
      })),
    }),
  })),
  detailState("shown", () => ({ shown })),
  detailState("read-out", () => ({ shown, initialAsking: "readOut" })),
  detailState("mail", () => ({ initialAsking: "mail" })),
  detailState("change-passcode", () => ({ initialAsking: "change" })),
  detailState("cancel", () => ({ initialAsking: "cancel" })),
  detailState("series", () => ({ meeting: detail({ recurring: true }) })),
  detailState("live", () => ({ meeting: detail({ status: "live" }) })),
  detailState("cancelled", () => ({ meeting: detail({ status: "cancelled", abilities: [] }) })),
  detailState("ended", () => ({ meeting: detail({ status: "ended", next: null, abilities: [] }) })),
  detailState("no-passcode", () => ({ meeting: detail({ hasPasscode: false, confidentiality: "low" }) })),
  detailState("invited", () => ({
    meeting: detail({ mine: false, settings: null, invitation: null, abilities: [], hostName: "桐生 真帆" }),
  })),
  detailState("problem", () => ({ problem: wordsOf(currentLanguage(), "account")("error.unreachable") })),
];

export const states: readonly GalleryState[] = [
  ...detailStates,
  scheduleState("medium", () => ({})),
  scheduleState("risk-not-accepted", () => ({
    change: { transportRiskAccepted: false },
    wrong: true,
  })),
  scheduleState("no-class", () => ({
    change: { confidentiality: undefined, topic: "", invitees: [], verifier: null },
  })),
  scheduleState("advanced", () => ({
    view: { initialAdvanced: true },
    change: { whoMayJoin: "named", allowedDomains: ["midorino.example"] },
  })),
  scheduleState("repeat-weekly", () => ({
    change: {
      recurrence: {
        frequency: "WEEKLY",
        interval: 2,
        days: ["TU", "TH"],
        monthly: "date",
        end: { kind: "count", count: 10 },
      },
    },
  })),
  scheduleState("repeat-monthly", () => ({
    change: {
      recurrence: {
        frequency: "MONTHLY",
        interval: 1,
        days: ["TU"],
        monthly: "weekday",
        end: { kind: "until", date: "2027-03-31" },
      },
    },
  })),
  scheduleState("high-refused", () => ({
    change: { confidentiality: "high", encryption: "e2ee" },
    answer: {
      contradictions: [
        { code: "e2ee_not_available", field: "confidentiality", resolutions: ["set_confidentiality_medium"] },
      ],
    },
  })),
  scheduleState("contradictions", () => ({
    answer: {
      contradictions: [
        { code: "external_without_verifier", field: "verifier", resolutions: ["verify_myself"] },
        {
          code: "nothing_guards_the_link",
          field: "passcodeRequired",
          resolutions: ["set_passcode_on", "set_waiting_room_on"],
        },
        {
          code: "join_before_host_with_e2ee",
          field: "joinBeforeHost",
          resolutions: ["set_join_before_host_off"],
        },
      ],
    },
    change: { verifier: null },
  })),
  scheduleState("wrong", () => ({ wrong: true, change: { topic: "", confidentiality: undefined } })),
  scheduleState("draft-kept", () => ({ view: { onDropDraft: quiet } })),
  scheduleState("working", () => ({ view: { working: true } })),
  scheduleState("rules-sheet", () => ({ view: { initialRules: true } })),
  scheduleState("live", () => ({ change: { invitees: [] }, view: { editing: true, live: true } })),
  scheduleState("refused", () => ({
    view: {
      editing: true,
      problem: <Note tone="danger">{wordsOf(currentLanguage(), "account")("error.meeting_changed")}</Note>,
    },
  })),
  scheduleState(
    "leave",
    () => ({ view: { editing: true } }),
    () => <LeaveDialog onSave={quiet} onDiscard={quiet} onStay={quiet} />,
  ),
];
