/** `/v2/users/{id}/meetings` and `/v2/meetings/{id}` (BAR-12, MTG): through the same functions as the portal. */
import { v2Routes, type MeetingInput } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import { changedMeeting, newMeeting } from "./meeting-input.ts";
import { meetingOf, rowOf } from "./meeting-view.ts";
import { pageOf } from "./paging.ts";
import type { ApiMeetings, ServiceMeeting } from "./ports.ts";
import { accountOf, isUuid } from "./user-rows.ts";
import { handleV2, type BoundV2, type V2Call } from "./v2-binder.ts";
import { V2Error } from "./v2-error.ts";

export type MeetingsDeps = { readonly db: Db; readonly meetings: ApiMeetings };

export function meetingRoutes(deps: MeetingsDeps): readonly BoundV2[] {
  const { db, meetings } = deps;
  return [
    handleV2(v2Routes.meetingList, async ({ params, query, client }) => {
      const host = await accountOf(db, params["userId"] ?? "", client.actsFor);
      const all = (await meetings.ofHost(host.id)).filter((one) => isOfType(one, query.type));
      const { shown, frame } = pageOf(
        all,
        (one) => `${String(one.createdAt).padStart(15, "0")}.${one.id}`,
        query,
      );
      return { body: { ...frame, meetings: shown.map(rowOf) } };
    }),
    handleV2(v2Routes.meetingCreate, async ({ params, body, client }) => {
      const host = await accountOf(db, params["userId"] ?? "", client.actsFor);
      if (host.disabled_at !== null) throw new V2Error("user_not_found", params["userId"]);
      const named = { coHosts: await coHostsOf(db, body.settings?.alternative_hosts) };
      const wished = body.password === undefined || body.password === "" ? null : body.password;
      const { meeting, passcode } = await meetings.create(
        host.id,
        (about) => ({ input: newMeeting(body, about, named), passcode: wished }),
        { kind: "service", id: client.id },
      );
      return { body: meetingOf(meeting, passcode), kept: meetingOf(meeting, null) };
    }),
    handleV2(v2Routes.meetingGet, async ({ params }) => ({
      body: meetingOf(await found(meetings, params["meetingId"]), null),
    })),
    handleV2(v2Routes.meetingUpdate, async ({ params, body, client }) => {
      const { id } = await found(meetings, params["meetingId"]);
      const by = { kind: "service", id: client.id } as const;
      const named = { coHosts: await coHostsOf(db, body.settings?.alternative_hosts) };
      const passcode = body.password === undefined || body.password === "" ? null : body.password;
      const make = (before: MeetingInput) => changedMeeting(before, body, named);
      await meetings.change(id, { make, passcode }, by);
      return {};
    }),
    handleV2(v2Routes.meetingDelete, async ({ params, client }) => {
      const { id } = await found(meetings, params["meetingId"]);
      await meetings.cancel(id, { kind: "service", id: client.id });
      return {};
    }),
    handleV2(v2Routes.meetingStatus, (call) => setStatus(meetings, call)),
  ];
}

async function setStatus(
  meetings: ApiMeetings,
  { params, body, client }: V2Call<unknown, { readonly action: "end" | "recover" }>,
) {
  const meeting = await found(meetings, params["meetingId"]);
  if (body.action !== "end") throw new V2Error("meeting_access", "A cancelled meeting is not recovered.");
  const ended = await meetings.end(meeting.id, { kind: "service", id: client.id });
  if (!ended) throw new V2Error("meeting_access", "The meeting is not in progress.");
  return {};
}

async function found(meetings: ApiMeetings, text = ""): Promise<ServiceMeeting> {
  const isId = /^\d{10,11}$/u.test(text) || isUuid(text);
  const meeting = isId ? await meetings.find(text) : null;
  if (meeting === null) throw new V2Error("meeting_not_found", text);
  return meeting;
}

function isOfType(
  { status }: ServiceMeeting,
  type: (typeof v2Routes.meetingList)["query"]["_output"]["type"],
) {
  if (type === "live") return status === "live";
  return type === "previous_meetings" ? status === "ended" : status !== "ended";
}

/** Throws `user_not_found` for whoever has no active account. */
async function coHostsOf(db: Db, text: string | null | undefined): Promise<readonly string[] | null> {
  if (text === undefined || text === null) return null;
  const ids: string[] = [];
  for (const one of text.split(/[;,]/u).map((part) => part.trim())) {
    if (one === "") continue;
    const row = await accountOf(db, one, null);
    if (row.disabled_at !== null) throw new V2Error("user_not_found", one);
    ids.push(row.id);
  }
  return [...new Set(ids)].slice(0, 20);
}
