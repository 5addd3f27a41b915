/** The page that gives a passcode out once, to whoever proves another address or number (INV-1). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, ok } from "../schemas.ts";

const json = { answers: "json", query: none, errors: [], audit: [] } as const;
const token = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/u) });

/** There is no route that reads: what opens the links in a mail, as scanners do, uses nothing up. */
export const passcodePageAsk = defineRoute({
  ...json,
  id: "passcodePage.ask",
  method: "POST",
  path: "/api/passcode-pages/:token/code",
  summary: "Send a code to the second address or number; one answer, whatever was done",
  access: access.public,
  params: token,
  body: z.strictObject({}),
  response: ok,
  limit: "entry",
});
export const passcodePageOpen = defineRoute({
  ...json,
  id: "passcodePage.open",
  method: "POST",
  path: "/api/passcode-pages/:token/open",
  summary: "The passcode, once, for the code that was sent to this browser",
  access: access.public,
  params: token,
  body: z.strictObject({ code: z.string().min(1).max(64) }),
  response: z.strictObject({ passcode: z.string() }),
  errors: ["code_not_accepted"],
  limit: "entry",
  audit: ["passcode.collected"],
});
