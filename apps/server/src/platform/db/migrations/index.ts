/** Forward only, in this order. A migration that has been released is never edited. */
import type { Migration } from "kysely/migration";
import * as organisation from "./0001-organisation.ts";
import * as meetings from "./0002-meetings.ts";
import * as evidence from "./0003-evidence.ts";
import * as live from "./0004-live.ts";
import * as evidenceHeads from "./0005-evidence-heads.ts";
import * as barriers from "./0006-barriers.ts";
import * as barrierSync from "./0007-barrier-sync.ts";
import * as breakouts from "./0008-breakouts.ts";
import * as outbox from "./0009-outbox.ts";
import * as integrations from "./0010-integrations.ts";
import * as secondFactor from "./0020-second-factor.ts";
import * as settingsSeen from "./0021-settings-seen.ts";
import * as moreSettings from "./0022-more-settings.ts";
import * as identityProviders from "./0031-identity-providers.ts";
import * as directoryAndRecovery from "./0032-directory-and-recovery.ts";
import * as invitations from "./0033-invitations.ts";
import * as posture from "./0034-posture.ts";
import * as factSheets from "./0035-fact-sheets.ts";
import * as registration from "./0036-registration.ts";
import * as classes from "./0037-classes.ts";
import * as meetingCheck from "./0037-meeting-check.ts";
import * as byProvider from "./0040-by-provider.ts";
import * as registrationDrafts from "./0041-registration-drafts.ts";
import * as keys from "./0042-keys.ts";

export const migrations: Record<string, Migration> = {
  "0001-organisation": organisation,
  "0002-meetings": meetings,
  "0003-evidence": evidence,
  "0004-live": live,
  "0005-evidence-heads": evidenceHeads,
  "0006-barriers": barriers,
  "0007-barrier-sync": barrierSync,
  "0008-breakouts": breakouts,
  "0009-outbox": outbox,
  "0010-integrations": integrations,
  "0020-second-factor": secondFactor,
  "0021-settings-seen": settingsSeen,
  "0022-more-settings": moreSettings,
  "0031-identity-providers": identityProviders,
  "0032-directory-and-recovery": directoryAndRecovery,
  "0033-invitations": invitations,
  "0034-posture": posture,
  "0035-fact-sheets": factSheets,
  "0036-registration": registration,
  "0037-classes": classes,
  "0037-meeting-check": meetingCheck,
  "0040-by-provider": byProvider,
  "0041-registration-drafts": registrationDrafts,
  "0042-keys": keys,
};
