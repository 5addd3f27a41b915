/** What has to be true of everybody who asks, and of every name that is given (INV-4, INV-6, SEC-8). */
import { keepsNameRule, type Decision, type MeetingEvent } from "@sekisho/domain";
import type { Taken } from "./invariants.ts";

function eventsOf(decision: Decision): readonly MeetingEvent[] {
  return decision.kind === "accepted" ? decision.events : [];
}

/** INV-4, SEC-8: nobody asks who has not said what the meeting asks for; the agreement is to the text of this moment. */
function saidBeforeAsking({ before, after, command, decision }: Taken): boolean {
  if (command.type !== "gate.request") return true;
  const { agreement, deviceDeclaration } = before.settings.policy.values;
  const { factSheet } = command.entrance.facts;
  return eventsOf(decision).every((event) => {
    if (event.type !== "admission.requested") return true;
    const asked = after.admissions.get(event.admissionId);
    const agreed = asked?.agreed !== null && asked?.agreed.version === factSheet?.version;
    const needed = agreement && event.principal.kind === "guest";
    return (!needed || agreed) && (!deviceDeclaration || asked?.deviceDeclaredAt !== null);
  });
}

/** INV-6: no name of somebody without an account comes in, or is given later, against the rule of that moment. */
function namesKeepTheRule({ before, decision }: Taken): boolean {
  const { nameRule } = before.settings.policy.values;
  return eventsOf(decision).every((event) => {
    const asked = event.type === "admission.requested" && event.principal.kind === "guest";
    if (!asked && event.type !== "participant.renamed") return true;
    return keepsNameRule(nameRule, event.personal, before.names.people ?? []);
  });
}

export const saidInvariants = [
  ["nobody asks without the words that are asked for", saidBeforeAsking],
  ["names keep the meeting's rule", namesKeepTheRule],
] as const;
