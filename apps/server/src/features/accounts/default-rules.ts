/** MTG-7: what an organisation begins with. Safe defaults, nothing locked beyond what the classes fix. */
import type { OrganisationRulesView } from "@sekisho/contract";

export const defaultRules: OrganisationRulesView = {
  defaults: {
    confidentiality: null,
    muteOnEntry: true,
    hostVideo: false,
    participantVideo: false,
    durationMinutes: 60,
  },
  locks: {},
};
