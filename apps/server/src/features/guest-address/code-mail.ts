/**
 * The message that carries the code. Nothing else that could open anything: no link, no passcode, no topic (INV-1,
 * INV-2). In both languages, since nobody knows yet who reads it.
 */
import { presentable } from "@sekisho/domain";
import type { MailMessage } from "../../platform/mail/message.ts";

export type CodeMail = {
  readonly to: string;
  readonly code: string;
  readonly organisation: string;
  readonly goodUntil: number;
};

export function codeMail({ to, code, organisation, goodUntil }: CodeMail): MailMessage {
  const name = presentable(organisation, 64);
  const text = [
    `${name}の会議の画面に、次の確認コードを入力してください。`,
    "",
    `    ${code}`,
    "",
    "このコードは 10 分間、このコードを求めたブラウザーでだけ使えます。だれにも教えないでください。",
    "心当たりがないときは、何もする必要はありません。このメールを削除してください。",
    "",
    "----",
    "",
    `Enter this code on the meeting page of ${name}:`,
    "",
    `    ${code}`,
    "",
    "It works for 10 minutes, only in the browser that asked for it. Tell it to nobody.",
    "If you did not ask for it, you need not do anything. Delete this message.",
    "",
  ].join("\n");
  return {
    ...{ kind: "addressCode", to, subject: "確認コード / Verification code", text },
    ...{ secret: true, goodUntil },
  };
}
