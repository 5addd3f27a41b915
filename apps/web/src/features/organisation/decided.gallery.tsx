import type { OrganisationSettingRow } from "@sekisho/contract";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { wordsOf } from "../../i18n/words.ts";
import { PageHead } from "../../ui/page.tsx";
import { DecidedTable } from "./decided-table.tsx";

const begun = Date.UTC(2026, 3, 1, 0, 0);
const fresh = { standard: true, since: begun, by: null } as const;
const decided = { standard: false, since: Date.UTC(2026, 10, 18, 1, 0), by: "桐生 真帆" } as const;

const rows: readonly OrganisationSettingRow[] = [
  { kind: "default", id: "confidentiality", value: "medium", ...decided },
  { kind: "default", id: "durationMinutes", value: 60, ...fresh },
  { kind: "default", id: "muteOnEntry", value: true, ...fresh },
  { kind: "lock", id: "waitingRoom", value: true, ...decided },
  { kind: "lock", id: "joinBeforeHost", value: null, ...fresh },
  { kind: "lock", id: "whoMayJoin", value: "signedIn", ...decided, by: null },
  { kind: "rule", id: "screenShareAtMedium", value: false, ...fresh },
];

export const states: readonly GalleryState[] = [
  {
    id: "organisation/decided",
    words: ["organisation", "me", "account", "shell"],
    render: (lang) => (
      <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="organisation">
        <PageHead title={wordsOf(lang, "organisation")("title")} />
        <DecidedTable rows={rows} />
      </Frame>
    ),
  },
];
