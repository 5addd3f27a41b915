/** Which meetings to come a change of the classes would tighten: counted and never named, they are their hosts' (CNF-2). */
import type { ClassEffect } from "@sekisho/contract";
import {
  combine,
  meetingLayer,
  tightens,
  type Classes,
  type MeetingSettings,
  type PolicyValues,
} from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";

type Current = { readonly locks: Partial<PolicyValues>; readonly classes: Classes };

export async function tightenedBy(
  db: Db,
  current: Current,
  wanted: Classes,
): Promise<Pick<ClassEffect, "tightened" | "live">> {
  const rows = await db
    .selectFrom("meeting")
    .select(["settings"])
    .select((select) =>
      select
        .exists(
          select
            .selectFrom("meeting_instance")
            .select("meeting_instance.id")
            .whereRef("meeting_instance.meeting_id", "=", "meeting.id")
            .where("phase", "=", "live"),
        )
        .as("live"),
    )
    .where("cancelled_at", "is", null)
    .where((where) => where.or([where("last_end", "is", null), where("last_end", ">", new Date())]))
    .execute();
  const hit = rows.filter(({ settings }) => isTightened(settings, current, wanted));
  const of = (level: MeetingSettings["confidentiality"]) =>
    hit.filter(({ settings }) => settings.confidentiality === level).length;
  return {
    tightened: { high: of("high"), medium: of("medium"), low: of("low") },
    live: hit.filter(({ live }) => Boolean(live)).length,
  };
}

/** Against what holds for this very meeting now, its own choices included: a lock that they keep already changes nothing. */
function isTightened(settings: MeetingSettings, { locks, classes }: Current, wanted: Classes): boolean {
  const level = settings.confidentiality;
  const now = [
    meetingLayer(settings),
    { source: "organisation" as const, values: locks },
    { source: "preset" as const, values: settings.madeWith ?? {} },
    { source: "preset" as const, values: classes[level].locks },
  ];
  const then = [...now, { source: "preset" as const, values: wanted[level].locks }];
  return tightens(combine(now).values, combine(then).values);
}
