import type { InvitationOverview, MeetingMessage, OpenedMessage } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/client.ts";

export type PasscodeWay = InvitationOverview["people"][number]["channels"][number]["channel"];

export interface SendingControl {
  /** Undefined until it has arrived, and for those who may not see it. */
  readonly overview: InvitationOverview | undefined;
  readonly messages: readonly MeetingMessage[];
  readonly working: boolean;
  readonly error: unknown;
  /** True once the server has taken it. */
  readonly sendLinks: (emails: readonly string[]) => Promise<boolean>;
  readonly sendPasscode: (email: string, channel: PasscodeWay) => Promise<boolean>;
  readonly open: (messageId: string) => Promise<OpenedMessage | undefined>;
  readonly handOver: (messageId: string) => Promise<boolean>;
  /** Takes the last problem away. */
  readonly calm: () => void;
}

/** While something is on its way it is looked at more often (ms). */
const UNDER_WAY = 3000;
const SETTLED = 30_000;

export function useSending(meetingId: string, enabled: boolean): SendingControl {
  const client = useQueryClient();
  const params = { meetingId };
  const path = "/api/meetings/:meetingId/invitations";
  const overview = useQuery({
    queryKey: ["invitations", meetingId],
    queryFn: () => call("GET", path, { params }),
    enabled,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? UNDER_WAY : SETTLED),
  });
  const messages = useQuery({
    queryKey: ["messages", meetingId],
    queryFn: () => call("GET", "/api/meetings/:meetingId/messages", { params }),
    enabled,
    refetchInterval: SETTLED,
  });
  const arrived = (next: InvitationOverview) => {
    client.setQueryData(["invitations", meetingId], next);
    void client.invalidateQueries({ queryKey: ["messages", meetingId] });
  };
  const links = useMutation({
    mutationFn: (emails: readonly string[]) => call("POST", path, { params, body: { emails: [...emails] } }),
    onSuccess: arrived,
  });
  const passcode = useMutation({
    mutationFn: (body: { email: string; channel: PasscodeWay }) =>
      call("POST", "/api/meetings/:meetingId/passcode/send", { params, body }),
    onSuccess: arrived,
  });
  const opened = useMutation({
    mutationFn: (messageId: string) =>
      call("POST", "/api/meetings/:meetingId/messages/:messageId/open", { params: { ...params, messageId } }),
    gcTime: 0,
  });
  const handedOver = useMutation({
    mutationFn: (messageId: string) =>
      call("POST", "/api/meetings/:meetingId/messages/:messageId/hand-over", {
        params: { ...params, messageId },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["messages", meetingId] });
      await client.invalidateQueries({ queryKey: ["invitations", meetingId] });
    },
  });
  const all = [links, passcode, opened, handedOver];
  return {
    overview: overview.data,
    messages: messages.data?.messages ?? [],
    working: all.some((one) => one.isPending),
    error: all.find((one) => one.error !== null)?.error ?? null,
    sendLinks: (emails) => worked(links.mutateAsync(emails)),
    sendPasscode: (email, channel) => worked(passcode.mutateAsync({ email, channel })),
    open: (messageId) => opened.mutateAsync(messageId).catch(() => undefined),
    handOver: (messageId) => worked(handedOver.mutateAsync(messageId)),
    calm: () => {
      for (const one of all) one.reset();
    },
  };
}

function isUnderWay(data: InvitationOverview | undefined): boolean {
  return (
    data?.people.some(({ link, passcode }) => link?.state === "queued" || passcode?.state === "queued") ===
    true
  );
}

/** What went wrong stands in `error`. */
async function worked(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
