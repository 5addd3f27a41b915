/** One call of the contract a command; the link is bound once. */
import type { BodyOf, ChatMessage, routes } from "@sekisho/contract";
import { call } from "../client.ts";

type Live = (typeof routes)["live"];
type Body<K extends keyof Live> = BodyOf<Live[K]>;

export type Commands = ReturnType<typeof createCommands>;
export type RowSeen = Body<"admit">["rows"][number];
export type Rights = Body<"setRights">;
export function createCommands(link: string) {
  const params = { link };
  const person = (admissionId: string) => ({ link, admissionId });
  return {
    ticket: () => call("POST", "/api/m/:link/ticket", { params }),
    admit: (body: Body<"admit">) => call("POST", "/api/m/:link/admit", { params, body }),
    deny: (rows: RowSeen[]) => call("POST", "/api/m/:link/deny", { params, body: { rows } }),
    sendBack: (id: string) =>
      call("POST", "/api/m/:link/participants/:admissionId/send-back", { params: person(id) }),
    remove: (id: string, report: boolean) =>
      call("POST", "/api/m/:link/participants/:admissionId/remove", {
        params: person(id),
        body: { report },
      }),
    leave: (handTo: string | null) => call("POST", "/api/m/:link/leave", { params, body: { handTo } }),
    mute: (body: Body<"mute">) => call("POST", "/api/m/:link/mute", { params, body }),
    askToUnmute: (id: string) =>
      call("POST", "/api/m/:link/participants/:admissionId/ask-to-unmute", { params: person(id) }),
    rename: (id: string, body: Body<"rename">) =>
      call("POST", "/api/m/:link/participants/:admissionId/rename", { params: person(id), body }),
    appoint: (id: string, role: Body<"appoint">["role"]) =>
      call("POST", "/api/m/:link/participants/:admissionId/role", { params: person(id), body: { role } }),
    report: (id: string) =>
      call("POST", "/api/m/:link/participants/:admissionId/report", { params: person(id) }),
    raiseHand: () => call("POST", "/api/m/:link/hand", { params }),
    lowerHand: (id: string) =>
      call("POST", "/api/m/:link/participants/:admissionId/lower-hand", { params: person(id) }),
    react: (body: Body<"react">) => call("POST", "/api/m/:link/reactions", { params, body }),
    sendChat: (body: Body<"chatSend">): Promise<ChatMessage> =>
      call("POST", "/api/m/:link/messages", { params, body }),
    readChat: () => call("GET", "/api/m/:link/messages", { params }),
    liftBan: (banId: string) => call("POST", "/api/m/:link/bans/:banId/lift", { params: { link, banId } }),
    reopenLink: () => call("POST", "/api/m/:link/reopen-link", { params }),
    lock: (locked: boolean) => call("POST", "/api/m/:link/lock", { params, body: { locked } }),
    suspend: () => call("POST", "/api/m/:link/suspend", { params }),
    resume: () => call("POST", "/api/m/:link/resume", { params }),
    setWaitingRoom: (body: Body<"setWaitingRoom">) =>
      call("POST", "/api/m/:link/waiting-room", { params, body }),
    setRights: (body: Rights) => call("POST", "/api/m/:link/rights", { params, body }),
    setHostMessage: (message: string) =>
      call("POST", "/api/m/:link/host-message", { params, body: { message } }),
    end: () => call("POST", "/api/m/:link/end", { params }),
    startCall: ({ admissionId, revision }: RowSeen) =>
      call("POST", "/api/m/:link/waiting/:admissionId/call", {
        params: person(admissionId),
        body: { revision },
      }),
    endCall: () => call("POST", "/api/m/:link/call/end", { params }),
  };
}
