/** Breakout rooms (SEC-4): each a room of its own at the SFU, behind the same gate. */
import { mostBreakouts } from "@sekisho/domain";
import { z } from "zod";
import { access, can } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { opaqueId } from "../schemas.ts";
import { breakoutName } from "../views/breakouts.ts";
import { chatMessage } from "../views/room.ts";
import { link } from "./entry.ts";
import { command } from "./live-command.ts";

const always = command.errors;
const person = z.strictObject({ ...link.shape, admissionId: opaqueId });
/** Null: without a timer. */
const minutes = z
  .int()
  .min(1)
  .max(24 * 60)
  .nullable();

export const arrange = defineRoute({
  ...command,
  id: "breakout.arrange",
  path: "/api/m/:link/breakouts",
  summary:
    "The list of rooms and their rules, whole, while they are closed; a known id keeps its assignments",
  access: can("breakout.manage"),
  body: z.strictObject({
    rooms: z.array(z.strictObject({ id: opaqueId.nullable(), name: breakoutName })).max(mostBreakouts),
    choose: z.boolean(),
    mayReturn: z.boolean(),
  }),
  errors: [...always, "breakouts_open", "no_such_breakout", "name_not_accepted"],
  audit: ["breakout.arranged"],
});
export const assign = defineRoute({
  ...command,
  id: "breakout.assign",
  path: "/api/m/:link/breakouts/assignments",
  summary: "Assign people, or nobody's room to them (null); while rooms are open they go there at once",
  access: can("breakout.manage"),
  body: z.strictObject({
    assignments: z
      .array(z.strictObject({ admissionId: opaqueId, breakoutId: opaqueId.nullable() }))
      .min(1)
      .max(1000),
  }),
  errors: [...always, "no_such_person", "no_such_breakout", "breakouts_closing"],
  audit: ["breakout.assigned"],
});
export const distribute = defineRoute({
  ...command,
  id: "breakout.distribute",
  path: "/api/m/:link/breakouts/distribution",
  summary: "Divide everybody inside but the hosts evenly, while rooms are closed",
  access: can("breakout.manage"),
  errors: [...always, "breakouts_open", "no_such_breakout", "nothing_to_do"],
  audit: ["breakout.assigned"],
});
export const open = defineRoute({
  ...command,
  id: "breakout.open",
  path: "/api/m/:link/breakouts/open",
  summary: "Open the rooms; whoever is assigned goes there. After `minutes` all are back, warned 60 s before",
  access: can("breakout.manage"),
  body: z.strictObject({ minutes }),
  errors: [...always, "breakouts_open", "no_such_breakout"],
  audit: ["breakout.opened"],
});
export const setTimer = defineRoute({
  ...command,
  id: "breakout.setTimer",
  path: "/api/m/:link/breakouts/timer",
  summary: "So many minutes from now, or no timer; also takes back a closing that is under way",
  access: can("breakout.manage"),
  body: z.strictObject({ minutes }),
  errors: [...always, "breakouts_closed"],
  audit: ["breakout.timerSet"],
});
export const close = defineRoute({
  ...command,
  id: "breakout.close",
  path: "/api/m/:link/breakouts/close",
  summary: "Bring everybody back, after 60 s or at once; the assignments stay",
  access: can("breakout.manage"),
  body: z.strictObject({ atOnce: z.boolean() }),
  errors: [...always, "breakouts_closed"],
  audit: ["breakout.closing", "breakout.closed"],
});
export const go = defineRoute({
  ...command,
  id: "breakout.go",
  path: "/api/m/:link/breakouts/go",
  summary: "Go into a room, or back to the main one (null), as one's capabilities allow",
  access: access.participant,
  body: z.strictObject({ breakoutId: opaqueId.nullable() }),
  errors: [...always, "breakouts_closed", "breakouts_closing", "no_such_breakout"],
  audit: ["breakout.moved"],
});
export const callHost = defineRoute({
  ...command,
  id: "breakout.callHost",
  path: "/api/m/:link/breakouts/call",
  summary: "Ask a host to come into the own room",
  access: access.participant,
  audit: ["breakout.hostCalled"],
});
export const endCall = defineRoute({
  ...command,
  id: "breakout.endCall",
  path: "/api/m/:link/participants/:admissionId/end-call",
  summary: "A call for help is answered, or taken back by who made it",
  access: access.participant,
  params: person,
  errors: [...always, "no_such_person"],
  audit: ["breakout.callEnded"],
});
export const broadcast = defineRoute({
  ...command,
  id: "breakout.broadcast",
  path: "/api/m/:link/breakouts/messages",
  summary: "A message to everybody in the main room and all others",
  access: can("breakout.manage"),
  body: z.strictObject({ text: z.string().trim().min(1).max(2000), clientId: opaqueId }),
  response: chatMessage,
  errors: [...always, "breakouts_closed"],
  limit: "chat",
});
