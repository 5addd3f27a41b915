/** Meetings and people for tests, through the product's own routes. */
import type { AdmissionView, MeetingDetail, MeetingInput, StreamMessage } from "@sekisho/contract";
import { build } from "@sekisho/contract";
import type { Client, TestStream } from "./client.ts";
import { trusted } from "./unsafe.ts";

export type TestMeeting = {
  readonly id: string;
  readonly link: string;
  readonly number: string;
  readonly passcode: string;
  readonly detail: MeetingDetail;
};

/** At low, so that nothing but what a test asks for is fixed; starts in an hour. */
export function meetingInput(change: Partial<MeetingInput> = {}): MeetingInput {
  const start = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
  return {
    topic: "融資条件のご説明",
    description: "",
    confidentiality: "low",
    encryption: "transport",
    transportRiskAccepted: true,
    visibility: "private",
    start,
    timeZone: "UTC",
    durationMinutes: 60,
    recurrence: null,
    meetingNumber: "automatic",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: true,
    whoMayJoin: "anyoneWithLink",
    allowedDomains: [],
    hostVideo: true,
    participantVideo: true,
    audio: "computer",
    screenShare: "everyone",
    chat: "everyone",
    rename: "everyone",
    unmute: "everyone",
    invitees: [],
    coHosts: [],
    verifier: null,
    agreement: false,
    guestProof: "none",
    nameRule: "free",
    registration: "none",
    ...change,
  };
}

export async function schedule(host: Client, change: Partial<MeetingInput> = {}): Promise<TestMeeting> {
  const made = await host.ok<{ meeting: MeetingDetail; passcode: string | null }>("POST", "/api/meetings", {
    meeting: meetingInput(change),
    passcode: null,
  });
  const { meeting, passcode } = made;
  return {
    id: meeting.id,
    link: meeting.link,
    number: meeting.number ?? "",
    passcode: passcode ?? "",
    detail: meeting,
  };
}

export type Ask = {
  readonly name?: string;
  readonly affiliation?: string;
  readonly passcode?: string | null;
  /** False: sees what is answered to somebody who has not agreed. */
  readonly agree?: boolean;
  readonly deviceDeclared?: boolean;
};

/** As the page does: where an agreement is asked for, the fact sheet is read, agreed to, and the request repeated. */
export async function ask(client: Client, meeting: TestMeeting, who: Ask = {}, at = meeting.link) {
  const passcode = who.passcode === undefined ? meeting.passcode : who.passcode;
  const request = {
    displayName: who.name ?? "大庭 修一郎",
    affiliation: who.affiliation ?? "常磐木製作所",
    passcode,
    build,
    ...(who.deviceDeclared === undefined ? {} : { deviceDeclared: who.deviceDeclared }),
  };
  const path = `/api/m/${at}/requests`;
  const first = await client.send("POST", path, request);
  if (who.agree === false || !JSON.stringify(first.body).includes('"agreement_needed"')) return first;
  const { version } = await client.ok<{ version: number }>("POST", `/api/m/${at}/fact-sheet`, { passcode });
  return client.send("POST", path, { ...request, agreement: { version, ownPolicy: true } });
}

/** The request that has to be taken; answers the own admission. */
export async function asked(client: Client, meeting: TestMeeting, who: Ask = {}): Promise<AdmissionView> {
  const answer = await ask(client, meeting, who);
  if (answer.status !== 200) throw new Error(`not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
  return trusted<AdmissionView>(answer.body);
}

export function idOf(view: AdmissionView): string {
  return "admissionId" in view ? view.admissionId : "";
}

type Room = Extract<StreamMessage, { type: "room" }>;

/** Somebody in the meeting as the page is: asked, following the stream, with the room as last told. */
export type Insider = {
  readonly client: Client;
  readonly stream: TestStream;
  readonly admissionId: string;
  room(): Promise<Room>;
};

export async function follow(client: Client, meeting: TestMeeting, who: Ask = {}): Promise<Insider> {
  const view = await asked(client, meeting, who);
  const stream = await client.stream(meeting.link);
  return {
    client,
    stream,
    admissionId: idOf(view),
    room: () => stream.until((message): message is Room => message.type === "room"),
  };
}

export function admit(host: Client, meeting: TestMeeting, ...rows: { id: string; revision?: number }[]) {
  return host.send("POST", `/api/m/${meeting.link}/admit`, {
    rows: rows.map((row) => ({ admissionId: row.id, revision: row.revision ?? 1 })),
    method: null,
    standInReason: null,
  });
}

/** What the person is told of the own admission, as soon as it is `state`. */
export function until(insider: Insider, state: AdmissionView["state"]) {
  return insider.stream.untilAny(
    (message) => message.type === "admission" && message.admission.state === state,
  );
}
