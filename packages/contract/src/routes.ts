/** Every route there is, by id. What is not here does not exist. */
import * as account from "./routes/account.ts";
import * as audit from "./routes/audit.ts";
import * as barriers from "./routes/barriers.ts";
import * as classes from "./routes/classes.ts";
import * as breakouts from "./routes/breakouts.ts";
import * as entry from "./routes/entry.ts";
import * as factSheet from "./routes/fact-sheet.ts";
import * as identityProviders from "./routes/identity-providers.ts";
import * as invitations from "./routes/invitations.ts";
import * as integrations from "./routes/integrations.ts";
import * as keys from "./routes/keys.ts";
import * as live from "./routes/live.ts";
import * as meeting from "./routes/meeting.ts";
import * as posture from "./routes/posture.ts";
import * as passcodePage from "./routes/passcode-page.ts";
import * as recovery from "./routes/recovery.ts";
import * as registration from "./routes/registration.ts";
import * as reports from "./routes/reports.ts";
import * as settings from "./routes/settings.ts";
import * as secondFactor from "./routes/second-factor.ts";
import * as system from "./routes/system.ts";
import * as verificationCall from "./routes/verification-call.ts";

const { link: _link, ...entryRoutes } = entry;

export const routes = {
  account,
  audit,
  barriers,
  breakouts,
  classes,
  entry: entryRoutes,
  factSheet,
  identityProviders,
  integrations,
  invitations,
  keys,
  live,
  meeting,
  posture,
  passcodePage,
  recovery,
  secondFactor,
  registration,
  reports,
  settings,
  system,
  verificationCall,
} as const;

export const allRoutes = [
  ...Object.values(account),
  ...Object.values(audit),
  ...Object.values(barriers),
  ...Object.values(breakouts),
  ...Object.values(classes),
  ...Object.values(entryRoutes),
  ...Object.values(factSheet),
  ...Object.values(identityProviders),
  ...Object.values(integrations),
  ...Object.values(invitations),
  ...Object.values(keys),
  ...Object.values(live),
  ...Object.values(meeting),
  ...Object.values(posture),
  ...Object.values(passcodePage),
  ...Object.values(recovery),
  ...Object.values(registration),
  ...Object.values(reports),
  ...Object.values(settings),
  ...Object.values(secondFactor),
  ...Object.values(system),
  ...Object.values(verificationCall),
];
