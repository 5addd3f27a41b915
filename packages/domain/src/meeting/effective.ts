/** The layers of one meeting, and what they come to (CNF-3). */
import type { BarrierRules } from "../barrier/model.ts";
import type { MeetingSettings } from "./settings.ts";
import { meetingLayer } from "./settings.ts";
import { combine, type EffectivePolicy, type PolicyLayer } from "../policy/combine.ts";
import type { Classes } from "../policy/presets.ts";
import type { PolicyValues } from "../policy/values.ts";

export type OrganisationRules = {
  /** Fields that no host of this organisation can open (MTG-7). */
  readonly locks: Partial<PolicyValues>;
  readonly classes: Classes;
  /** The organisation's own country, ISO 3166-1 alpha-2: what 国内 means. */
  readonly home: string;
  readonly barriers: MeetingBarriers;
};

/** What the information barriers' rules say about meetings as such, whoever is in them (BAR-8). */
export type MeetingBarriers = Pick<BarrierRules, "on" | "joinBeforeHost">;

/** What this version of the server does not have at all is off for every meeting, with that reason. */
export const serverLayer: PolicyLayer = { source: "server", values: { recording: "off", files: "off" } };

/**
 * BAR-8: with barriers on everybody is known by name, nobody is there before the host, and nothing is public. Join before
 * host may be unlocked by who knows what that breaks.
 */
export function barrierLayer({ on, joinBeforeHost }: MeetingBarriers): PolicyLayer {
  if (!on) return { source: "barrier", values: {} };
  return {
    source: "barrier",
    values: {
      whoMayJoin: "signedIn",
      visibility: "private",
      ...(joinBeforeHost === "unlocked" ? {} : { joinBeforeHost: false }),
    },
  };
}

/** What holds for every meeting of this organisation, whatever its host chooses. */
export function layersFor(organisation: OrganisationRules): readonly PolicyLayer[] {
  return [
    serverLayer,
    { source: "organisation", values: organisation.locks },
    barrierLayer(organisation.barriers),
  ];
}

export function layersOf(settings: MeetingSettings, organisation: OrganisationRules): readonly PolicyLayer[] {
  return [
    ...layersFor(organisation),
    { source: "preset", values: organisation.classes[settings.confidentiality].locks },
    // CNF-2: a class that was tightened since holds at once; one that was loosened, from the next save on.
    { source: "preset", values: settings.madeWith ?? {} },
    meetingLayer(settings),
  ];
}

export function effectivePolicy(settings: MeetingSettings, organisation: OrganisationRules): EffectivePolicy {
  return combine(layersOf(settings, organisation));
}
