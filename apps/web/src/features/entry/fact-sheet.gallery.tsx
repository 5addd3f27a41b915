import type { FactSheetView } from "@sekisho/contract";
import type { ReactNode } from "react";
import type { GalleryState } from "../../gallery/state.ts";
import { sample } from "../../gallery/sample.ts";
import { BeforeAskingView, type BeforeAskingViewProps } from "./before-asking-view.tsx";
import { FactSheetPage, type FactSheetPageState } from "./fact-sheet-page.tsx";

const nothing = () => undefined;
const both = (ja: string, en: string) => ({ ja, en });

const sheet: FactSheetView = {
  organisation: sample("みどり野銀行", "Midorino Bank"),
  version: 3,
  at: Date.UTC(2026, 10, 20, 5, 0),
  sections: [
    {
      id: "address",
      title: both("参加する場所", "Where you join"),
      lines: [
        both(
          "この会議の正しいアドレスは、https://meet.midorino.example で始まるものだけです。",
          "The only right address of this meeting begins with https://meet.midorino.example.",
        ),
        both("アプリなどのインストールは要りません。", "Nothing is to be installed."),
      ],
    },
    {
      id: "encryption",
      title: both("暗号化", "Encryption"),
      lines: [
        both("端末とサーバーのあいだの通信を暗号化します。", "What travels to the server is encrypted."),
        both("サーバーは内容を復号できる方式です。", "The server could decrypt the content."),
      ],
    },
    {
      id: "contact",
      title: both("連絡先", "Contact"),
      lines: [both("総務部 03-0000-0000", "General affairs, +81 3 0000 0000")],
    },
  ],
};

/** As it stands on the entry form. */
export function beforeAsking(change: Partial<BeforeAskingViewProps> = {}): ReactNode {
  return (
    <BeforeAskingView
      agreement={{ kind: "there", sheet }}
      device={false}
      href="/facts/link"
      ticks={{ read: false, policy: false, device: false }}
      error={undefined}
      onTick={nothing}
      onRetry={nothing}
      {...change}
    />
  );
}

function page(id: string, state: () => FactSheetPageState): GalleryState {
  return {
    id: `fact-sheet/${id}`,
    words: ["fact-sheet", "entry"],
    render: () => <FactSheetPage state={state()} onRetry={nothing} onPrint={nothing} />,
  };
}

export const states: readonly GalleryState[] = [
  page("page", () => ({ kind: "there", sheet })),
  page("loading", () => ({ kind: "loading" })),
  page("failed", () => ({ kind: "failed" })),
  page("not-found", () => ({ kind: "notFound" })),
];
