/** Random lives of a meeting: any mixture of requests, decisions, drops, settings and time, by anybody. */
import fc from "fast-check";
import type { Admission, Command, PersonCommand, Principal } from "@sekisho/domain";
import { breakoutCommands } from "./breakout-steps.ts";
import { callCommands } from "./call-steps.ts";
import { keyCommands } from "./key-steps.ts";
import { account, guest, hostNames, instanceSettings, people, type RoomChoice } from "./people.ts";
import { goodFacts, minute, type Room } from "./room.ts";

export const crowd: readonly Principal[] = [
  ...Object.values(people),
  account("host", "phone"),
  account("coHost", "phone"),
  account("colleague", "phone"),
  account("colleague", "tablet"),
  guest("third"),
];

/** What one step does; people and rows are chosen by number from those there are when the step is taken. */
export type Step = {
  readonly ms: number;
  readonly actor: Principal | null;
  readonly command: (at: Room) => Command | null;
};

const choices: fc.Arbitrary<RoomChoice> = fc.record({
  confidentiality: fc.constantFrom("high", "medium", "low"),
  waitingRoom: fc.boolean(),
  joinBeforeHost: fc.boolean(),
  passcodeRequired: fc.boolean(),
  agreement: fc.boolean(),
  nameRule: fc.constantFrom("free", "free", "withAffiliation", "registered"),
  verifier: fc.boolean(),
  encryption: fc.constantFrom("transport", "transport", "e2ee"),
  whoMayJoin: fc.constantFrom("anyoneWithLink", "signedIn", "named"),
  unmute: fc.constantFrom("everyone", "hosts"),
  screenShare: fc.constantFrom("everyone", "hosts", "nobody"),
});
export const anyChoice = fc.oneof({ weight: 3, arbitrary: fc.constant<RoomChoice>({}) }, choices);

const who = fc.constantFrom(...crowd);
const nth = fc.nat({ max: 40 });
const facts = fc.record({
  clientAccepted: fc.constantFrom(true, true, true, true, true, true, false),
  linkKnown: fc.constantFrom(true, true, true, true, true, true, false),
  withinRate: fc.constantFrom(true, true, true, true, true, true, false),
  by: fc.constantFrom("link" as const, "link" as const, "number" as const),
  passcode: fc.constantFrom("matched" as const, "matched" as const, "wrong" as const, "notGiven" as const),
  named: fc.boolean(),
  excepted: fc.constantFrom(false, false, true),
  secondFactor: fc.boolean(),
  addressProved: fc.boolean(),
  registered: fc.boolean(),
  factSheet: fc.constantFrom(null, { version: 1, digest: "d1" }, { version: 2, digest: "d2" }),
  agreed: fc.boolean(),
  deviceDeclared: fc.boolean(),
});
const name = fc.constantFrom("Yamada", "山田", "Suzuki", "", hostNames[0], "Ken\u0000", "𠮷".repeat(64));

const affiliation = fc.constantFrom("", "Tokiwagi Works");

function pick(at: Room, number: number, kind?: Admission["status"]["kind"]): Admission | null {
  const all = [...at.state.admissions.values()].filter(
    (one) => kind === undefined || one.status.kind === kind,
  );
  return all.length === 0 ? null : (all[number % all.length] ?? null);
}

/** Of somebody who was expected: invited or registered, with the address proved. */
const knownFacts = { ...goodFacts, addressProved: true, registered: true };

const requests: fc.Arbitrary<Step["command"]> = fc
  .record({
    principal: who,
    displayName: name,
    affiliation,
    facts: fc.oneof(fc.constantFrom(goodFacts, knownFacts), facts),
  })
  .map((entrance) => () => ({ type: "gate.request", entrance }));

/** Most rows are as they stand; some are old or of somebody who is not waiting. */
const rowChoice = fc.array(fc.record({ number: nth, stale: fc.constantFrom(0, 0, 0, 0, 1), any: nth }), {
  minLength: 1,
  maxLength: 4,
});

const lobby: fc.Arbitrary<Step["command"]> = fc
  .record({
    rows: rowChoice,
    deny: fc.constantFrom(false, false, true),
    method: fc.constantFrom("document", "document", "voice", "voiceAndFace", null),
    standInReason: fc.constantFrom("ill", null),
  })
  .map(({ rows, deny, method, standInReason }) => (at) => {
    const chosen = rows.flatMap(({ number, stale, any }) => {
      const person = pick(at, number, any % 5 === 0 ? undefined : "waiting");
      return person === null ? [] : [{ admissionId: person.id, revision: person.revision + stale }];
    });
    if (chosen.length === 0) return null;
    return deny
      ? { type: "admission.deny", rows: chosen }
      : { type: "admission.admit", rows: chosen, method, standInReason };
  });

function onPerson(make: (admissionId: Admission["id"]) => PersonCommand): fc.Arbitrary<Step["command"]> {
  return nth.map((number) => (at) => {
    const person = pick(at, number, number % 4 === 0 ? undefined : "admitted");
    return person === null ? null : make(person.id);
  });
}

const deeds = fc.oneof(
  onPerson((admissionId) => ({ type: "admission.sendBack", admissionId })),
  onPerson((admissionId) => ({ type: "participant.remove", admissionId, report: false })),
  onPerson((admissionId) => ({ type: "participant.leave", handTo: admissionId })),
  onPerson((admissionId) => ({ type: "participant.appoint", admissionId, role: "coHost" })),
  onPerson((admissionId) => ({ type: "participant.appoint", admissionId, role: "participant" })),
  onPerson((admissionId) => ({ type: "participant.askToUnmute", admissionId })),
  onPerson((admissionId) => ({
    type: "participant.mute",
    admissionIds: [admissionId],
    source: "microphone",
  })),
  onPerson((admissionId) => ({
    type: "participant.rename",
    admissionId,
    displayName: "New",
    affiliation: "",
  })),
  onPerson((admissionId) => ({ type: "participant.report", admissionId })),
  onPerson((admissionId) => ({ type: "hand.lower", admissionId })),
);

const audience = fc.constantFrom("nobody" as const, "hosts" as const, "everyone" as const);
const controls: fc.Arbitrary<PersonCommand> = fc.oneof(
  fc.constantFrom<PersonCommand>(
    { type: "admission.withdraw" },
    { type: "participant.leave", handTo: null },
    { type: "participant.mute", admissionIds: "others", source: "camera" },
    { type: "hand.raise" },
    { type: "link.reopen" },
    { type: "meeting.lock", locked: true },
    { type: "meeting.lock", locked: false },
    { type: "meeting.suspend" },
    { type: "meeting.resume" },
    { type: "meeting.setHostMessage", message: "Soon" },
    { type: "meeting.setHostMessage", message: "Later" },
    { type: "meeting.end" },
  ),
  fc.record({
    type: fc.constant("meeting.setWaitingRoom" as const),
    on: fc.boolean(),
    waiting: fc.constantFrom("keep" as const, "admit" as const, "deny" as const),
  }),
  fc.record({
    type: fc.constant("meeting.setRights" as const),
    rights: fc.record({ screenShare: audience, chat: audience, rename: audience, unmute: audience }),
  }),
);

const lifts: fc.Arbitrary<Step["command"]> = nth.map((number) => (at) => {
  const bans = [...at.state.bans.keys()];
  const banId = bans[number % Math.max(1, bans.length)];
  return banId === undefined ? null : { type: "ban.lift", banId };
});

const wires: fc.Arbitrary<Step["command"]> = fc
  .record({
    number: nth,
    drop: fc.constantFrom(false, false, true),
    connectionId: fc.constantFrom("a", "a", "b"),
  })
  .map(({ number, drop, connectionId }) => (at) => {
    const [applicantId] = number % 3 === 1 ? [...at.state.calls.keys()] : [];
    const applicant = applicantId === undefined ? undefined : at.state.admissions.get(applicantId);
    const person = applicant ?? pick(at, number, number % 6 === 0 ? undefined : "admitted");
    if (person === null) return null;
    if (drop) return { type: "gate.dropped", admissionId: person.id, connectionId };
    return {
      type: "gate.connected",
      admissionId: person.id,
      connectionId,
      sfuIdentity: person.sfuIdentity ?? "",
    };
  });

const clock: fc.Arbitrary<Step["command"]> = fc
  .boolean()
  .map((over) => (at) => ({ type: "clock.tick", scheduledEnd: over ? at.now - 50 * minute : null }));

const edits: fc.Arbitrary<Step["command"]> = anyChoice.map((choice) => () => ({
  type: "settings.change",
  settings: instanceSettings(choice),
  names: { hosts: [...hostNames], invited: [], people: [{ displayName: "Yamada", affiliation: "" }] },
}));

/** A meeting that nobody resumes, unlocks or opens again would be the end of most lives. */
function wayOut(at: Room): Command | null {
  if (at.state.suspended !== null) return { type: "meeting.resume" };
  if (at.state.linkClosedToUnproved) return { type: "link.reopen" };
  return at.state.locked === null ? null : { type: "meeting.lock", locked: false };
}

const anyCommand: fc.Arbitrary<Step["command"]> = fc.oneof(
  { weight: 7, arbitrary: requests },
  { weight: 7, arbitrary: lobby },
  { weight: 5, arbitrary: deeds },
  { weight: 4, arbitrary: controls.map((command) => () => command) },
  { weight: 4, arbitrary: wires },
  { weight: 9, arbitrary: breakoutCommands },
  { weight: 6, arbitrary: callCommands },
  { weight: 6, arbitrary: keyCommands },
  { weight: 3, arbitrary: clock },
  { weight: 1, arbitrary: lifts },
  { weight: 2, arbitrary: fc.constant(wayOut) },
  { weight: 1, arbitrary: edits },
);

/** Hosts act most of the time, or little would ever happen. */
const anyActor: fc.Arbitrary<Principal> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(people.host) },
  { weight: 1, arbitrary: fc.constant(people.coHost) },
  { weight: 2, arbitrary: fc.constant(people.colleague) },
  { weight: 1, arbitrary: fc.constant(people.customer) },
  { weight: 3, arbitrary: who },
);

export const anyStep: fc.Arbitrary<Step> = fc.record({
  ms: fc.constantFrom(0, 1, 1000, minute, 3 * minute),
  actor: anyActor,
  command: anyCommand,
});

function asked(principal: Principal): Step["command"] {
  const displayName = principal.kind === "account" ? principal.accountId : principal.guestId;
  return () => ({
    type: "gate.request",
    entrance: { principal, displayName, affiliation: "", facts: goodFacts },
  });
}

/** Some lives begin in breakout rooms: few would come that far by themselves. */
const inRooms: readonly Step["command"][] = [
  asked(people.host),
  asked(people.colleague),
  (at) => {
    const rows = [...at.state.waiting].map((admissionId) => ({ admissionId, revision: 1 }));
    const verified = { method: "document", standInReason: "ill" } as const;
    return rows.length === 0 ? null : { type: "admission.admit", rows, ...verified };
  },
  () => ({
    type: "breakout.arrange",
    rooms: [{ id: null, name: "松" }],
    choose: false,
    mayReturn: true,
  }),
  () => ({ type: "breakout.distribute" }),
  () => ({ type: "breakout.open", minutes: null }),
];
/** Others begin with an applicant whom the verifier asks into a call. */
const inCall: readonly (readonly [Principal, Step["command"]])[] = [
  [
    people.host,
    () => ({
      type: "settings.change",
      settings: instanceSettings({ verifier: true }),
      names: { hosts: [...hostNames], invited: [] },
    }),
  ],
  [people.host, asked(people.host)],
  [people.verifier, asked(people.verifier)],
  [people.customer, asked(people.customer)],
  [
    people.verifier,
    (at) => {
      const person = pick(at, 0, "waiting");
      if (person === null) return null;
      return { type: "verificationCall.start", row: { admissionId: person.id, revision: 1 } };
    },
  ],
  [people.customer, () => ({ type: "verificationCall.answer", accept: true })],
];
/** Others with the keys of an end-to-end encrypted meeting begun, and one who has offered a key package. */
const inKeys: readonly (readonly [Principal, Step["command"]])[] = [
  [
    people.host,
    () => ({
      type: "settings.change",
      settings: instanceSettings({ encryption: "e2ee" }),
      names: { hosts: [...hostNames], invited: [] },
    }),
  ],
  [people.host, asked(people.host)],
  [people.host, () => ({ type: "keys.found", group: "main", generation: 1 })],
  [people.colleague, asked(people.colleague)],
  [people.colleague, () => ({ type: "keys.offer", group: "main", digest: "first" })],
];
const beginning = inRooms.map((command): Step => ({ ms: 0, actor: people.host, command }));
const calling = inCall.map(([actor, command]): Step => ({ ms: 0, actor, command }));
const keying = inKeys.map(([actor, command]): Step => ({ ms: 0, actor, command }));

export const anyLife: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.constantFrom<readonly Step[]>([], [], beginning, calling, keying),
    fc.array(anyStep, { minLength: 1, maxLength: 80, size: "max" }),
  )
  .map(([first, rest]) => [...first, ...rest]);
