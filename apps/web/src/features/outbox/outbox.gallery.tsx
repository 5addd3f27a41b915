import type { OutboxMessage } from "@sekisho/contract";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { OutboxView, type OutboxViewProps } from "./outbox-view.tsx";

const at = Date.UTC(2026, 10, 22, 6, 47);
const message = (n: number, change: Partial<OutboxMessage>): OutboxMessage => ({
  ...{ id: `00000000-0000-4000-8000-00000000000${n}`, kind: "invitation", channel: "mail", state: "sent" },
  ...{ to: "o…@tokiwagi.example", problem: null, tries: 1, createdAt: at, sentAt: at, retriable: false },
  ...change,
});
const messages = [
  message(1, { state: "queued", problem: "notReachable", tries: 3, sentAt: null }),
  message(2, { state: "failed", problem: "recipientRefused", sentAt: null, retriable: true }),
  message(3, { kind: "passcode", channel: "sms", to: "+81…78" }),
  message(4, { kind: "accountNotice", state: "noTransport", sentAt: null, tries: 0 }),
];
const quiet = () => undefined;

function state(name: string, change: Partial<OutboxViewProps>): GalleryState {
  const props = {
    outbox: { able: { mail: true, sms: true }, messages },
    working: undefined,
    problem: undefined,
  };
  return {
    id: `outbox/${name}`,
    words: ["outbox", "account", "shell"],
    render: () => (
      <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="outbox">
        <OutboxView {...props} onRetry={quiet} {...change} />
      </Frame>
    ),
  };
}

export const states: readonly GalleryState[] = [
  state("some", {}),
  state("empty", { outbox: { able: { mail: false, sms: false }, messages: [] } }),
];
