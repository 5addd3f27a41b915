import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import type { PageUpdate } from "../../app-shell/page-update.ts";
import { TooOld } from "../../app-shell/too-old.tsx";
import { UpdateDialogView } from "../../app-shell/update-dialog.tsx";
import { UpdateNoticeView } from "../../app-shell/update-notice.tsx";
import { Banners } from "../../features/room/banners.tsx";
import { PageHead } from "../../ui/page.tsx";
import { sample } from "../sample.ts";
import type { GalleryState } from "../state.ts";

const quiet = () => undefined;
const at = Date.UTC(2026, 10, 24, 6, 47);

function page(children: ReactNode, notice: ReactNode = null): ReactNode {
  return (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="meetings" notice={notice}>
      <PageHead title={sample("会議", "Meetings")} />
      {children}
    </Frame>
  );
}

function dialog(state: PageUpdate["state"]): GalleryState {
  const update = { state, at, seatKeptSeconds: 120 };
  const view = <UpdateDialogView update={update} onUpdate={quiet} onRetry={quiet} onClose={quiet} />;
  return { id: `update/dialog-${state}`, words: ["shell", "account"], render: () => page(view) };
}

function inRoom(place: "seat" | "waiting"): GalleryState {
  const banner = {
    id: "update",
    tone: "info",
    key: `banner.update.${place}`,
    acts: ["update", "dismiss"],
  } as const;
  return {
    id: `update/room-${place}`,
    words: ["room", "live"],
    render: () => (
      <main id="main">
        <h1 className="sr-only">{sample("会議", "Meeting")}</h1>
        <Banners banners={[banner]} clockAhead={0} onAct={quiet} />
      </main>
    ),
  };
}

export const states: readonly GalleryState[] = [
  {
    id: "update/notice",
    words: ["shell", "account"],
    render: () => page(null, <UpdateNoticeView onUpdate={quiet} />),
  },
  dialog("checking"),
  dialog("current"),
  dialog("available"),
  dialog("needed"),
  dialog("failed"),
  { id: "update/too-old", words: ["shell", "account"], render: () => <TooOld onUpdate={quiet} /> },
  inRoom("seat"),
  inRoom("waiting"),
];
