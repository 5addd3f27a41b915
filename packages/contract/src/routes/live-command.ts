/** What all commands of a meeting in progress have in common. */
import { none, nothing, ok } from "../schemas.ts";
import { link } from "./entry.ts";

export const command = {
  method: "POST",
  answers: "json",
  query: none,
  body: nothing,
  params: link,
  response: ok,
  errors: ["not_in_meeting", "meeting_not_live", "not_allowed"],
  limit: "command",
  audit: [],
} as const;
