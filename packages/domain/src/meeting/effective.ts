/** The layers of one meeting, and what they come to (CNF-3). */
import type { MeetingSettings } from "./settings.ts";
import { meetingLayer } from "./settings.ts";
import { combine, type EffectivePolicy, type PolicyLayer } from "../policy/combine.ts";
import { presetOf } from "../policy/presets.ts";
import type { PolicyValues } from "../policy/values.ts";

export type OrganisationRules = {
  /** Fields that no host of this organisation can open (MTG-7). */
  readonly locks: Partial<PolicyValues>;
  readonly screenShareAtMedium: boolean;
};

/** What this version of the server does not have at all is off for every meeting, with that reason. */
export const serverLayer: PolicyLayer = { source: "server", values: { recording: "off", files: "off" } };

export function layersOf(settings: MeetingSettings, organisation: OrganisationRules): readonly PolicyLayer[] {
  return [
    serverLayer,
    { source: "organisation", values: organisation.locks },
    { source: "preset", values: presetOf(settings.confidentiality, organisation) },
    meetingLayer(settings),
  ];
}

export function effectivePolicy(settings: MeetingSettings, organisation: OrganisationRules): EffectivePolicy {
  return combine(layersOf(settings, organisation));
}
