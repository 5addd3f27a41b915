/** A message in the form of RFC 5322, to be sent or to be saved. */
import { createTransport, type SendMailOptions } from "nodemailer";
import { withoutEncodedWords } from "./message.ts";
import type { Delivery } from "./transport.ts";

export function mailOptions(delivery: Delivery, address: string): SendMailOptions {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  const { calendar, replyTo } = delivery;
  return {
    from: { name: withoutEncodedWords(delivery.fromName), address },
    to: { name: "", address: delivery.to },
    ...(replyTo === undefined ? {} : { replyTo: { name: "", address: replyTo } }),
    // The envelope is ours, not what somebody's parser makes of a header.
    envelope: { from: address, to: [delivery.to] },
    messageId: `<${delivery.id}@${domain}>`,
    subject: delivery.subject,
    text: delivery.text,
    textEncoding: "base64",
    ...(calendar === undefined
      ? {}
      : // As an alternative for programs that answer invitations, and as a file for all others (RFC 6047, 2.4).
        { icalEvent: { method: calendar.method, content: calendar.content, filename: "invitation.ics" } }),
    // RFC 3834: no holiday notices in answer to a machine, and so no loops.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/**
 * The text of an `.eml` file, for somebody who sends it with their own mail program: it opens as a draft there
 * (`X-Unsent`), from the person's own address.
 */
export async function savedMail(delivery: Delivery, from: string): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { headers: _headers, replyTo: _replyTo, ...options } = mailOptions(delivery, from);
  const { message } = await transport.sendMail({ ...options, headers: { "X-Unsent": "1" } });
  return Buffer.isBuffer(message) ? message.toString("utf8") : "";
}
