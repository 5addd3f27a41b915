import type { MeetingCheck } from "@sekisho/contract";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import { PreflightView, type PreflightViewProps } from "./preflight-view.tsx";

const line = (
  id: MeetingCheck["lines"][number]["id"],
  state: MeetingCheck["lines"][number]["state"],
  found: string,
  value = "",
) => ({ id, state, found, value });

const fine: MeetingCheck = {
  at: Date.UTC(2026, 10, 24, 6, 47),
  by: "佐久間 里奈",
  lines: [
    line("removal", "ok", "works"),
    line("e2ee", "notPossible", "transport"),
    line("region", "ok", "allowed", "東京"),
    line("tls", "ok", "negotiated", "TLSv1.3 TLS_AES_256_GCM_SHA384"),
    line("mediaTransport", "unknown", "later"),
    line("passcode", "ok", "on"),
    line("passcodeWays", "ok", "sent", "secondMail:1 readOut:2"),
    line("verifier", "ok", "present", "桐生 真帆"),
    line("outsiders", "attention", "invited", "3"),
    line("registration", "ok", "some", "registered:24 waitlisted:3"),
    line("entering", "ok", "muted.everyone.nobody"),
    line("materials", "ok", "sent"),
  ],
};
const open: MeetingCheck = {
  ...fine,
  by: null,
  lines: [
    line("removal", "attention", "failed"),
    line("e2ee", "notPossible", "missing"),
    line("region", "notPossible", "notAllowed", "São Paulo"),
    line("tls", "unknown", "proxy"),
    line("mediaTransport", "unknown", "later"),
    line("passcode", "ok", "ownLinks"),
    line("passcodeWays", "attention", "missing", "sms:1 oneTimePage:1 missing:1"),
    line("mail", "attention", "unreachable"),
    line("verifier", "attention", "nobody"),
    line("outsiders", "attention", "invited", "3"),
    line("registration", "attention", "pending", "registered:4 pending:2"),
    line("agreements", "ok", "some", "2 (v3)"),
    line("entering", "ok", "open.hosts.everyone"),
    line("materials", "attention", "notSaid"),
  ],
};

const endToEnd = (): MeetingCheck => ({
  ...fine,
  lines: fine.lines.map((one) => (one.id === "e2ee" ? line("e2ee", "ok", "on") : one)),
});

function state(id: string, props: () => Partial<PreflightViewProps>): GalleryState {
  return {
    id: `preflight/${id}`,
    words: ["meeting-detail", "account", "shell"],
    render: () => (
      <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="meetings">
        <h1>{wordsOf(currentLanguage(), "meeting-detail")("check")}</h1>
        <PreflightView
          last={null}
          asksForMaterials
          working={false}
          problem={undefined}
          onCheck={() => undefined}
          {...props()}
        />
      </Frame>
    ),
  };
}

const atTheDoor: GalleryState = {
  id: "preflight/at-the-door",
  words: ["meeting-detail", "account", "shell"],
  render: () => (
    <Dialog
      title={wordsOf(currentLanguage(), "meeting-detail")("check")}
      size="wide"
      closable
      onClose={() => undefined}
    >
      <PreflightView
        bare
        last={open}
        asksForMaterials
        working={false}
        problem={undefined}
        onCheck={() => undefined}
      />
    </Dialog>
  ),
};

export const states: readonly GalleryState[] = [
  state("not-yet", () => ({})),
  state("fine", () => ({ last: fine })),
  state("open", () => ({ last: open })),
  state("e2ee", () => ({ last: endToEnd(), protects: true })),
  state("e2ee-not-here", () => ({ last: endToEnd(), protects: false })),
  atTheDoor,
  state("working", () => ({ working: true })),
  state("too-often", () => ({
    last: fine,
    problem: wordsOf(currentLanguage(), "account")("error.too_many_tries"),
  })),
];
