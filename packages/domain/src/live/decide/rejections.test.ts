/** Every code that the rules can answer with is really reached by something. */
import { expect, test } from "vitest";
import {
  liveRoom,
  people,
  room,
  type Room,
  type RoomChoice,
} from "../../../../testkit/src/arbitraries/index.ts";
import type { RefusalReason } from "../events.ts";
import type { Principal } from "../state.ts";
import type { Command, RejectionCode } from "./command.ts";
import { noBarriers } from "../../barrier/context.ts";
import { id } from "../../unsafe.ts";

const { host, coHost, verifier, customer, stranger } = people;
type Scene = { readonly at: Room; readonly by: Principal | null; readonly command: Command };

function admitting(at: Room, by: Principal, patch: object = {}): Scene {
  const rows = at.rowsOf(stranger);
  return { at, by, command: { type: "admission.admit", rows, method: null, standInReason: null, ...patch } };
}
function withApplicant(at: Room): Room {
  at.ask(stranger);
  return at;
}

/** The verifier is inside, one from outside waits, and is asked into a call. */
function calling(choice: RoomChoice = {}): Scene {
  const at = withApplicant(liveRoom({ verifier: true, ...choice }, verifier));
  const [row = { admissionId: at.nobody, revision: 0 }] = at.rowsOf(stranger);
  return { at, by: verifier, command: { type: "verificationCall.start", row } };
}

const scenes: { readonly [C in RejectionCode]: () => Scene } = {
  not_in_meeting: () => ({ at: room(), by: customer, command: { type: "hand.raise" } }),
  not_allowed: () => ({ at: liveRoom({}, customer), by: customer, command: { type: "meeting.end" } }),
  no_such_person: () => ({
    at: liveRoom(),
    by: host,
    command: { type: "participant.report", admissionId: id.admission("nobody") },
  }),
  already_decided: () => {
    const scene = admitting(withApplicant(liveRoom()), host);
    scene.at.admit(host, stranger);
    return scene;
  },
  not_admissible: () => {
    const scene = admitting(withApplicant(liveRoom()), host);
    scene.at.barrier = { ...noBarriers, on: true, denyNew: true };
    return scene;
  },
  request_changed: () => {
    const scene = admitting(withApplicant(liveRoom()), host);
    scene.at.ask(stranger, { name: "Another" });
    return scene;
  },
  meeting_locked: () => {
    const at = withApplicant(liveRoom());
    at.as(host, { type: "meeting.lock", locked: true });
    return admitting(at, host);
  },
  host_not_present: () => {
    const at = withApplicant(liveRoom({ verifier: true }, verifier));
    at.as(host, { type: "participant.leave", handTo: null });
    return admitting(at, verifier, { method: "document" });
  },
  verifier_only: () => admitting(withApplicant(liveRoom({ verifier: true }, coHost)), coHost),
  method_required: () =>
    admitting(withApplicant(liveRoom({ verifier: true })), host, { standInReason: "ill" }),
  reason_required: () => admitting(withApplicant(liveRoom({ verifier: true })), host, { method: "document" }),
  admit_all_forbidden: () => {
    const at = withApplicant(liveRoom({ locks: { admitAll: false } }));
    at.ask(customer);
    return admitting(at, host, { rows: at.rowsOf(stranger, customer) });
  },
  fixed_by_policy: () => ({
    at: liveRoom({ confidentiality: "medium" }),
    by: host,
    command: { type: "meeting.setWaitingRoom", on: false, waiting: "keep" },
  }),
  name_against_rule: () => {
    const at = liveRoom({ nameRule: "withAffiliation" });
    at.ask(customer, { affiliation: "Tokiwagi Works" });
    at.admit(host, customer);
    const admissionId = at.idOf(customer);
    return {
      at,
      by: host,
      command: { type: "participant.rename", admissionId, displayName: "Oba", affiliation: "" },
    };
  },
  name_not_accepted: () => {
    const at = liveRoom({}, customer);
    const admissionId = at.idOf(customer);
    return {
      at,
      by: host,
      command: { type: "participant.rename", admissionId, displayName: "佐藤花子", affiliation: "" },
    };
  },
  host_cannot_be_removed: () => {
    const at = liveRoom({}, coHost);
    return {
      at,
      by: coHost,
      command: { type: "participant.remove", admissionId: at.idOf(host), report: false },
    };
  },
  capacity: () => {
    const at = withApplicant(liveRoom());
    at.limits = { ...at.limits, capacity: 1 };
    return admitting(at, host);
  },
  nothing_to_do: () => ({
    at: liveRoom(),
    by: host,
    command: { type: "participant.mute", admissionIds: "others", source: "microphone" },
  }),
  meeting_not_live: () => {
    const at = liveRoom();
    const admissionId = at.idOf(host);
    at.apply({ type: "instance.hostsGone", sentBack: [] });
    at.apply({
      type: "admission.admitted",
      admissionId,
      by: "gate",
      sfuIdentity: id.sfuIdentity("again"),
      method: null,
      personal: { standInReason: null },
      replaces: null,
      barrier: noBarriers.stamp,
    });
    return { at, by: host, command: { type: "hand.raise" } };
  },
  no_such_breakout: () => ({
    at: liveRoom(),
    by: host,
    command: { type: "breakout.open", minutes: null },
  }),
  breakouts_closed: () => ({
    at: withBreakouts(),
    by: host,
    command: { type: "breakout.close", atOnce: false },
  }),
  breakouts_open: () => {
    const at = withBreakouts();
    at.as(host, { type: "breakout.open", minutes: null });
    return { at, by: host, command: { type: "breakout.distribute" } };
  },
  breakouts_closing: () => {
    const at = withBreakouts();
    at.as(host, { type: "breakout.open", minutes: null });
    at.as(host, { type: "breakout.close", atOnce: false });
    const [breakoutId = null] = at.state.breakouts.rooms.keys();
    return { at, by: host, command: { type: "breakout.go", breakoutId } };
  },
  call_under_way: () => {
    const scene = calling();
    scene.at.do(scene.command, scene.by);
    return { ...scene, by: host };
  },
  call_over: () => ({
    ...calling(),
    by: stranger,
    command: { type: "verificationCall.answer", accept: true },
  }),
  call_needed: () => admitting(calling().at, verifier, { method: "voice" }),
  keys_taken: () => ({
    at: liveRoom({ encryption: "e2ee" }),
    by: host,
    command: { type: "keys.found", group: "main", generation: 1 },
  }),
  keys_not_ready: () => admitting(withApplicant(liveRoom({ encryption: "e2ee" })), host),
};

function withBreakouts(): Room {
  const at = liveRoom({}, customer);
  const rooms = [{ id: null, name: "One" }];
  at.as(host, { type: "breakout.arrange", rooms, choose: false, mayReturn: true });
  return at;
}

test.each(Object.entries(scenes))(
  "[ADM-1] a command is refused with %s, and nothing happens",
  (code, scene) => {
    const { at, by, command } = scene();
    const before = at.state;
    expect(at.codeOf(by, command)).toBe(code);
    expect(at.state).toBe(before);
  },
);

/** Reasons of rules that come with later work (barriers, factors) have no scene yet. */
const refusals: Partial<{ readonly [R in RefusalReason]: () => readonly [Room, Principal] }> = {
  removed_before: () => {
    const at = liveRoom({}, customer);
    at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
    return [at, customer];
  },
  denied_before: () => {
    const at = withApplicant(liveRoom());
    at.as(host, { type: "admission.deny", rows: at.rowsOf(stranger) });
    return [at, stranger];
  },
  link_closed: () => {
    const at = liveRoom({}, customer);
    at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
    return [at, stranger];
  },
  capacity: () => {
    const at = liveRoom();
    at.limits = { ...at.limits, capacity: 1 };
    return [at, stranger];
  },
};

test.each(Object.entries(refusals))(
  "[AUD-1] a request refused for %s says so in the log alone",
  (reason, scene) => {
    const [at, principal] = scene();
    const asked = at.ask(principal);
    expect(asked.outcome).toEqual({ kind: "refused", reason });
    expect(at.history.at(-1)?.event).toMatchObject({ type: "admission.refused", reason });
    expect(asked.reference).not.toContain(reason);
  },
);
