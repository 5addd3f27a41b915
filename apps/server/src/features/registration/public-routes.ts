/** The pages behind the form's link and behind a registrant's own link (INV-5). */
import { routes } from "@sekisho/contract";
import { formStateAt, placeFor } from "@sekisho/domain";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { findForm, meetingView } from "./forms.ts";
import { cancelOwn, confirmOwn, openOwn, readOwn } from "./own-registration.ts";
import { keptDays, type RegistrationDeps } from "./registration-deps.ts";
import type { RegistrationLimits } from "./registration-limits.ts";
import { takenPlaces } from "./registration-rows.ts";
import { submit } from "./submit.ts";

const done = { ok: true } as const;

export function publicRoutes(deps: RegistrationDeps, limits: RegistrationLimits): readonly BoundRoute[] {
  const own = routes.registration;
  return [
    handle(own.registrationFormRead, ({ params }) => readForm(deps, params.formId)),
    handle(own.registrationSubmit, async ({ params, body, request }) => {
      await submit(deps, limits, { formId: params.formId, ip: request.ip, input: body });
      return done;
    }),
    handle(own.registrationOwn, async ({ params, request }) => {
      await limits.takeOwn(request.ip);
      return readOwn(deps, params);
    }),
    handle(own.registrationConfirm, async ({ params, request }) => {
      await limits.takeOwn(request.ip);
      return confirmOwn(deps, params);
    }),
    handle(own.registrationOpen, async ({ params, caller, request, reply }) => {
      if (caller.kind === "service") throw new HttpError("not_allowed");
      await limits.takeOwn(request.ip);
      return { link: await openOwn(deps, params, () => deps.sessions.ensureGuest(request, reply)) };
    }),
    handle(own.registrationCancel, async ({ params, request }) => {
      await limits.takeOwn(request.ip);
      await cancelOwn(deps, params);
      return done;
    }),
  ];
}

async function readForm(deps: RegistrationDeps, formId: string) {
  const found = await findForm(deps, formId);
  const { settings } = found.form;
  const taken = await takenPlaces(deps.db, found.form.meeting_id);
  return {
    organisation: { name: found.organisation },
    meeting: meetingView(found),
    state: formStateAt(settings, deps.now(), taken),
    ...{ opensAt: settings.opensAt, closesAt: settings.closesAt, note: settings.note, keptDays },
    waitingList: placeFor(settings, taken) === "waitlisted",
    looked: settings.approval !== "automatic",
    questions: settings.questions.map((one) => ({ ...one, options: [...one.options] })),
  };
}
