/** Messages on the passcode's own way: never with the link or the meeting's number (INV-1), and no topic (INV-2). */
import { presentable } from "@sekisho/domain";
import type { MailMessage } from "../../../platform/mail/message.ts";
import { when } from "../invitation-text.ts";
import type { Gathered } from "./gather.ts";
import { requireOneSecret } from "./one-secret.ts";

export type SecondWay = {
  readonly channel: "mail" | "sms";
  readonly to: string;
  readonly locale: "ja" | "en";
};

/** KH4T-9WRM-3X: as it stands on the page. */
export function spaced(passcode: string): string {
  return passcode.replaceAll(/.{4}(?=.)/gu, "$&-");
}

export function passcodeMessage(gathered: Gathered, way: SecondWay, goodUntil: number | null): MailMessage {
  const { passcode, calendar } = gathered;
  const shown = spaced(passcode ?? "");
  const text =
    way.channel === "sms"
      ? passcodeSms(gathered, way.locale, shown)
      : passcodeMail(gathered, way.locale, shown);
  const subject = { ja: "会議パスコードのお知らせ", en: "Passcode for your meeting" }[way.locale];
  return requireOneSecret(
    { ...messageBy(gathered, way, { subject, text }), kind: "passcode", goodUntil },
    { passcode, link: calendar.url, number: calendar.number },
  );
}

/** Where it shows once, for a code that goes elsewhere. The page's own address opens nothing by itself. */
export function pageMail(
  gathered: Gathered,
  way: SecondWay,
  { url, goodUntil, hours }: { readonly url: string; readonly goodUntil: number; readonly hours: number },
): MailMessage {
  const { passcode, calendar } = gathered;
  const text = pageTexts(nameOf(gathered), url, hours)[way.locale];
  const subject = { ja: "会議パスコードの受け取り", en: "Collect the passcode for your meeting" }[way.locale];
  return requireOneSecret(
    { ...messageBy(gathered, way, { subject, text }), kind: "passcodePage", goodUntil },
    { passcode, link: calendar.url, number: calendar.number },
  );
}

function messageBy(
  { row }: Gathered,
  { channel, to }: SecondWay,
  { subject, text }: { readonly subject: string; readonly text: string },
): Omit<MailMessage, "kind" | "goodUntil"> {
  const base = { to, text, secret: true, meetingId: row.id };
  return channel === "sms" ? { ...base, channel, subject: "" } : { ...base, subject };
}

type Sender = { readonly organisation: string; readonly host: string };

function nameOf({ facts }: Gathered): Sender {
  return { organisation: presentable(facts.organisation, 64), host: presentable(facts.hostName, 64) };
}

function timeOf({ facts }: Gathered, locale: "ja" | "en"): string | null {
  return facts.occurrence === null
    ? null
    : when(facts, facts.occurrence, locale === "ja" ? "ja-JP" : "en-GB");
}

function passcodeMail(gathered: Gathered, locale: "ja" | "en", shown: string): string {
  const { organisation, host } = nameOf(gathered);
  const time = timeOf(gathered, locale);
  const japanese = [
    `${organisation} の ${host} が開く会議の、会議パスコードです。`,
    ...(time === null ? [] : [`日時：${time}`]),
    ...["", `    ${shown}`, ""],
    "別にお送りした招待のリンクを開き、このパスコードを入力してください。",
    "だれにも教えないでください。招待のリンクと同じメールやチャットに書かないでください。",
    "心当たりがないときは、このメールを削除してください。",
  ];
  const english = [
    `This is the passcode for a meeting held by ${host} of ${organisation}.`,
    ...(time === null ? [] : [`Time: ${time}`]),
    ...["", `    ${shown}`, ""],
    "Open the link in the invitation that you received separately, and enter this passcode there.",
    "Tell it to nobody, and do not put it into a mail or chat together with the link.",
    "If you do not expect it, delete this message.",
  ];
  return `${(locale === "ja" ? japanese : english).join("\n")}\n`;
}

function passcodeSms(gathered: Gathered, locale: "ja" | "en", shown: string): string {
  const { organisation } = nameOf(gathered);
  const time = timeOf(gathered, locale);
  return locale === "ja"
    ? `${organisation}：${time === null ? "" : `${time}の`}会議のパスコードは ${shown} です。だれにも教えないでください。`
    : `${organisation}: the passcode for your meeting${time === null ? "" : ` (${time})`} is ${shown}. Tell it to nobody.`;
}

function pageTexts({ organisation, host }: Sender, url: string, hours: number) {
  const japanese = [
    `${organisation} の ${host} が開く会議の会議パスコードを、次のページで一度だけ表示できます。`,
    ...["", `    ${url}`, ""],
    "ページの「確認コードを送る」を押すと、このメールとは別の宛先（携帯電話か、2 つ目のメールアドレス）に確認コードが届きます。そのコードを入力すると、パスコードが表示されます。",
    `このページは ${hours} 時間たつと使えなくなります。`,
    "心当たりがないときは、このメールを削除してください。",
  ];
  const english = [
    `The passcode for a meeting held by ${host} of ${organisation} can be shown once on this page:`,
    ...["", `    ${url}`, ""],
    "Press “Send the code” there. A code goes to another place than this mail: to your mobile telephone or your second e-mail address. Enter it, and the passcode is shown.",
    `The page can be used for ${hours} hours.`,
    "If you do not expect it, delete this message.",
  ];
  return { ja: `${japanese.join("\n")}\n`, en: `${english.join("\n")}\n` };
}

/** The code itself, with nothing beside it that could open anything. */
export function codeMessage(
  way: SecondWay,
  {
    code,
    organisation,
    goodUntil,
  }: { readonly code: string; readonly organisation: string; readonly goodUntil: number },
): MailMessage {
  const name = presentable(organisation, 64);
  const base = { kind: "passcodeCode", to: way.to, secret: true, goodUntil } as const;
  if (way.channel === "sms") {
    const text = {
      ja: `${name}：確認コードは ${code} です（10 分間有効）。だれにも教えないでください。`,
      en: `${name}: your code is ${code}, good for 10 minutes. Tell it to nobody.`,
    }[way.locale];
    return { ...base, channel: "sms", subject: "", text };
  }
  const text = {
    ja: `${name}の会議パスコードを受け取るための確認コードです。開いているページに入力してください。\n\n    ${code}\n\n10 分間、このコードを求めたブラウザーでだけ使えます。だれにも教えないでください。\n心当たりがないときは、このメールを削除してください。\n`,
    en: `Enter this code on the page where you collect the passcode of ${name}:\n\n    ${code}\n\nIt works for 10 minutes, only in the browser that asked for it. Tell it to nobody.\nIf you did not ask for it, delete this message.\n`,
  }[way.locale];
  return { ...base, text, subject: { ja: "確認コード", en: "Verification code" }[way.locale] };
}
