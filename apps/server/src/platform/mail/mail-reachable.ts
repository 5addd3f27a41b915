/** Whether the mail server answers, by TLS and with the name and password that are set (CNF-6). Sends nothing. */
import { openTransport, type MailSettings } from "./mail-transport.ts";

/** Null where no mail server is set. Never rejects. */
export async function mailReachable(config: MailSettings): Promise<boolean | null> {
  try {
    const transport = openTransport(config);
    if (transport === null) return null;
    try {
      await transport.verify();
      return true;
    } finally {
      transport.close();
    }
  } catch {
    return false;
  }
}
