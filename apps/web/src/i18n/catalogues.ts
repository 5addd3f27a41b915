import type barriers from "./ja/barriers.json";
import type barriersExplain from "./ja/barriers-explain.json";
import type barriersGroups from "./ja/barriers-groups.json";
import type barriersSettings from "./ja/barriers-settings.json";
import type barriersSync from "./ja/barriers-sync.json";
import type breakouts from "./ja/breakouts.json";
import type classes from "./ja/classes.json";
import type common from "./ja/common.json";
import type account from "./ja/account.json";
import type audit from "./ja/audit.json";
import type facts from "./ja/facts.json";
import type entry from "./ja/entry.json";
import type factSheet from "./ja/fact-sheet.json";
import type media from "./ja/media.json";
import type waiting from "./ja/waiting.json";
import type invitedAddress from "./ja/invited-address.json";
import type identityProviders from "./ja/identity-providers.json";
import type integrations from "./ja/integrations.json";
import type invitations from "./ja/invitations.json";
import type live from "./ja/live.json";
import type room from "./ja/room.json";
import type hostControls from "./ja/host-controls.json";
import type chat from "./ja/chat.json";
import type home from "./ja/home.json";
import type me from "./ja/me.json";
import type meetingDetail from "./ja/meeting-detail.json";
import type notFound from "./ja/not-found.json";
import type outbox from "./ja/outbox.json";
import type organisation from "./ja/organisation.json";
import type posture from "./ja/posture.json";
import type passcodePage from "./ja/passcode-page.json";
import type people from "./ja/people.json";
import type recovery from "./ja/recovery.json";
import type registration from "./ja/registration.json";
import type registrations from "./ja/registrations.json";
import type rules from "./ja/rules.json";
import type safetyCode from "./ja/safety-code.json";
import type schedule from "./ja/schedule.json";
import type secondFactor from "./ja/second-factor.json";
import type setup from "./ja/setup.json";
import type shell from "./ja/shell.json";
import type signIn from "./ja/sign-in.json";
import type stop from "./ja/stop.json";
import type verificationCall from "./ja/verification-call.json";
import type { Lang } from "./language.ts";
import type { Catalogue } from "./translate.ts";

/** One line per feature: the name is the file's name, the type comes from the Japanese catalogue. */
export interface Catalogues {
  common: typeof common;
  account: typeof account;
  audit: typeof audit;
  facts: typeof facts;
  entry: typeof entry;
  "fact-sheet": typeof factSheet;
  media: typeof media;
  waiting: typeof waiting;
  live: typeof live;
  room: typeof room;
  "host-controls": typeof hostControls;
  chat: typeof chat;
  barriers: typeof barriers;
  "barriers-explain": typeof barriersExplain;
  "barriers-groups": typeof barriersGroups;
  "barriers-settings": typeof barriersSettings;
  "barriers-sync": typeof barriersSync;
  breakouts: typeof breakouts;
  classes: typeof classes;
  home: typeof home;
  "invited-address": typeof invitedAddress;
  "identity-providers": typeof identityProviders;
  integrations: typeof integrations;
  invitations: typeof invitations;
  me: typeof me;
  "meeting-detail": typeof meetingDetail;
  "not-found": typeof notFound;
  organisation: typeof organisation;
  outbox: typeof outbox;
  "passcode-page": typeof passcodePage;
  people: typeof people;
  posture: typeof posture;
  recovery: typeof recovery;
  registration: typeof registration;
  registrations: typeof registrations;
  rules: typeof rules;
  "safety-code": typeof safetyCode;
  schedule: typeof schedule;
  "second-factor": typeof secondFactor;
  setup: typeof setup;
  shell: typeof shell;
  "sign-in": typeof signIn;
  stop: typeof stop;
  "verification-call": typeof verificationCall;
}

export type Namespace = keyof Catalogues;

/** Of the pages that anybody may open; the list of the others is fetched with the first of them. */
const files = import.meta.glob<Catalogue>(
  "./{ja,en}/{account,common,entry,facts,media,not-found,stop,waiting}.json",
  {
    import: "default",
  },
);

/** @throws when the catalogue's file does not exist or cannot be fetched */
export async function fetchCatalogue(lang: Lang, namespace: Namespace): Promise<Catalogue> {
  const file = `./${lang}/${namespace}.json`;
  const load = files[file] ?? (await import("./more-catalogues.ts")).moreFiles[file];
  if (load === undefined) throw new Error(`no catalogue ${lang}/${namespace}`);
  return load();
}
