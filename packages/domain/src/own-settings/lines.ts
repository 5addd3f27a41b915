/** Every setting that is in force for one account before any meeting exists, and who decides it (AUD-3). */
import { layersFor, type OrganisationRules } from "../meeting/effective.ts";
import { safeDefaults } from "../meeting/settings.ts";
import { combine, fixedBy, type PolicyLayer, type PolicySource } from "../policy/combine.ts";
import type { Confidentiality, PolicyField } from "../policy/values.ts";

/** What a new meeting starts with; its host may change each of them there (MTG-7). */
export type MeetingDefaults = {
  /** Null: chosen each time. */
  readonly confidentiality: Confidentiality | null;
  readonly muteOnEntry: boolean;
  readonly hostVideo: boolean;
  readonly participantVideo: boolean;
  readonly durationMinutes: number;
};

/** In the order of the page: recording first. */
export const settingGroups = {
  recording: ["recordingAutomatic", "recordingOnShare", "recordingCloud"],
  meeting: [
    "confidentiality",
    "durationMinutes",
    "visibility",
    "muteOnEntry",
    "hostVideo",
    "participantVideo",
    "screenShare",
    "screenShareAtMedium",
    "chat",
    "rename",
  ],
  entry: ["passcodeRequired", "waitingRoom", "joinBeforeHost", "whoMayJoin"],
  data: ["encryption", "files", "region"],
} as const;
export type SettingGroup = keyof typeof settingGroups;
export type SettingId = (typeof settingGroups)[SettingGroup][number];

/** 初期値 · 自分 · 組織 · 組織が固定; and what neither of them can open: information barriers, the server itself. */
export const settingSources = ["default", "mine", "organisation", "locked", "barriers", "server"] as const;
export type SettingSource = (typeof settingSources)[number];
export type SettingValue = string | number | boolean | null;

export type SettingLine = {
  readonly id: SettingId;
  readonly value: SettingValue;
  readonly source: SettingSource;
};

export type SettingsInput = {
  /** What a new organisation begins with. */
  readonly standard: MeetingDefaults;
  readonly organisation: MeetingDefaults;
  /** What this account has chosen for itself; a field that is not there follows the organisation. */
  readonly own: Partial<MeetingDefaults>;
  readonly rules: OrganisationRules;
  /** Where media is processed; null where the operator has not said. */
  readonly region: string | null;
};

/** Fields that an account may choose for itself. */
export const ownFields = [
  "confidentiality",
  "durationMinutes",
  "muteOnEntry",
  "hostVideo",
  "participantVideo",
] as const satisfies readonly (keyof MeetingDefaults)[];
export type OwnField = (typeof ownFields)[number];

export function settingsInForce(input: SettingsInput): readonly SettingLine[] {
  const ids = Object.values(settingGroups).flatMap((group): readonly SettingId[] => group);
  return ids.map((id) => lineOf(id, input));
}

/** The defaults that a new meeting of this account starts with. */
export function defaultsInForce(input: SettingsInput): MeetingDefaults {
  const chosen = { ...input.organisation, ...input.own };
  return { ...chosen, muteOnEntry: fixed("muteOnEntry", input) === null ? chosen.muteOnEntry : true };
}

function lineOf(id: SettingId, input: SettingsInput): SettingLine {
  switch (id) {
    case "recordingAutomatic":
    case "recordingOnShare":
    case "recordingCloud":
      return { ...policyLine("recording", input), id };
    case "confidentiality":
    case "durationMinutes":
    case "hostVideo":
    case "participantVideo":
      return defaultLine(id, input);
    case "muteOnEntry":
      return fixed(id, input) === null ? defaultLine(id, input) : policyLine(id, input);
    case "screenShareAtMedium": {
      const { screenShare } = input.rules.classes.medium.locks;
      const allowed = screenShare !== "nobody";
      return { id, value: allowed, source: allowed ? "organisation" : "default" };
    }
    case "region":
      return { id, value: input.region, source: "server" };
    default:
      return policyLine(id, input);
  }
}

function defaultLine(id: OwnField, { standard, organisation, own }: SettingsInput): SettingLine {
  const mine = own[id];
  if (mine !== undefined) return { id, value: mine, source: "mine" };
  const value = organisation[id];
  return { id, value, source: value === standard[id] ? "default" : "organisation" };
}

type PolicyLineId = Extract<SettingId, PolicyField>;

function policyLine<F extends PolicyLineId | "recording">(field: F, input: SettingsInput) {
  const value = combine([...layersFor(input.rules), starting]).values[field];
  return { id: field, value, source: fixed(field, input) ?? ("default" as const) };
}

/** What a form that nobody has touched says. */
const starting: PolicyLayer = {
  source: "meeting",
  values: {
    encryption: safeDefaults.encryption,
    visibility: safeDefaults.visibility,
    passcodeRequired: safeDefaults.passcodeRequired,
    waitingRoom: safeDefaults.waitingRoom,
    joinBeforeHost: safeDefaults.joinBeforeHost,
    whoMayJoin: safeDefaults.whoMayJoin,
    screenShare: safeDefaults.screenShare,
    chat: safeDefaults.chat,
    rename: safeDefaults.rename,
  },
};

const sourceOf: { readonly [S in PolicySource]: SettingSource } = {
  server: "server",
  barrier: "barriers",
  organisation: "locked",
  preset: "locked",
  meeting: "default",
};
/** The one that holds hardest is named: nobody can open what the server does not have. */
const hardestFirst: readonly PolicySource[] = ["server", "barrier", "organisation", "preset"];

function fixed(field: PolicyField, { rules }: SettingsInput): SettingSource | null {
  const sources = fixedBy(field, layersFor(rules));
  const hardest = hardestFirst.find((source) => sources.includes(source));
  return hardest === undefined ? null : sourceOf[hardest];
}
