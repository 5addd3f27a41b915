/** The invitation to copy: link and number, never the passcode (INV-1), and whether the link may be shown (INV-7). */
import { presentable } from "@sekisho/domain";
import type { MeetingOccurrence } from "./schedule.ts";

export type InvitationFacts = {
  readonly organisation: string;
  readonly hostName: string;
  /** Null where the class keeps it out of messages (INV-2). */
  readonly topic: string | null;
  readonly occurrence: MeetingOccurrence | null;
  readonly timeZone: string;
  readonly recurring: boolean;
  readonly url: string;
  readonly number: string | null;
  readonly passcodeNeeded: boolean;
  readonly isPrivate: boolean;
};

export const neutralTitle = { ja: "打ち合わせのご案内", en: "Invitation to a meeting" } as const;

type BothLanguages = { readonly ja: string; readonly en: string };

export function invitationText(typed: InvitationFacts): BothLanguages {
  const facts = oneLineEach(typed);
  return { ja: japanese(facts), en: english(facts) };
}

/** What follows is the newest state of a meeting that was announced before. */
export function changeText(facts: InvitationFacts): BothLanguages {
  const { ja, en } = invitationText(facts);
  return {
    ja: `会議の予定が変わりました。新しい内容は次のとおりです。\n\n${ja}`,
    en: `The meeting has changed. This is how it stands now.\n\n${en}`,
  };
}

/** Without the link: it admits nobody any more. */
export function cancellationText(typed: InvitationFacts): BothLanguages {
  const facts = oneLineEach(typed);
  const { topic, occurrence } = facts;
  return {
    ja: lines([
      `${facts.organisation} の ${facts.hostName} です。次の会議は中止になりました。`,
      "",
      topic === null ? null : `トピック：${topic}`,
      occurrence === null ? null : `日時：${when(facts, occurrence, "ja-JP")}`,
      facts.recurring ? "これからの回も、すべて中止です。" : null,
    ]),
    en: lines([
      `${facts.hostName} of ${facts.organisation} has cancelled this meeting.`,
      "",
      topic === null ? null : `Topic: ${topic}`,
      occurrence === null ? null : `Time: ${when(facts, occurrence, "en-GB")}`,
      facts.recurring ? "All its further dates are cancelled as well." : null,
    ]),
  };
}

/** To one who was taken off the list: the meeting goes on without them, and nothing is said of it but which one it was. */
export function uninvitedText(typed: InvitationFacts): BothLanguages {
  const facts = oneLineEach(typed);
  const { topic, occurrence } = facts;
  return {
    ja: lines([
      `${facts.organisation} の ${facts.hostName} です。次の会議へのご招待を取り消しました。`,
      "",
      topic === null ? null : `トピック：${topic}`,
      occurrence === null ? null : `日時：${when(facts, occurrence, "ja-JP")}`,
      "お手元のカレンダーからも取り除いてください。",
    ]),
    en: lines([
      `${facts.hostName} of ${facts.organisation} has withdrawn your invitation to this meeting.`,
      "",
      topic === null ? null : `Topic: ${topic}`,
      occurrence === null ? null : `Time: ${when(facts, occurrence, "en-GB")}`,
      "Please take it out of your calendar as well.",
    ]),
  };
}

/** Typed by people: a line break in a name or topic would be a line that we never wrote. */
function oneLineEach(facts: InvitationFacts): InvitationFacts {
  return {
    ...facts,
    organisation: presentable(facts.organisation, 200),
    hostName: presentable(facts.hostName, 64),
    topic: facts.topic === null ? null : presentable(facts.topic, 200),
  };
}

function japanese(facts: InvitationFacts): string {
  return lines([
    `${facts.organisation} の ${facts.hostName} です。会議にご招待します。`,
    "",
    facts.topic === null ? null : `トピック：${facts.topic}`,
    facts.occurrence === null ? null : `日時：${when(facts, facts.occurrence, "ja-JP")}`,
    facts.recurring ? "定期的な会議です。" : null,
    `招待リンク：${facts.url}`,
    facts.number === null ? null : `会議番号：${grouped(facts.number)}`,
    facts.passcodeNeeded ? "会議パスコードは、別の方法でお知らせします。" : null,
    "",
    facts.isPrivate ? "このリンクは公開しないでください。" : "このリンクは、だれでも見ることができます。",
  ]);
}

function english(facts: InvitationFacts): string {
  return lines([
    `${facts.hostName} of ${facts.organisation} invites you to a meeting.`,
    "",
    facts.topic === null ? null : `Topic: ${facts.topic}`,
    facts.occurrence === null ? null : `Time: ${when(facts, facts.occurrence, "en-GB")}`,
    facts.recurring ? "This is a recurring meeting." : null,
    `Invitation link: ${facts.url}`,
    facts.number === null ? null : `Meeting number: ${grouped(facts.number)}`,
    facts.passcodeNeeded ? "You will receive the passcode by another way." : null,
    "",
    facts.isPrivate ? "Do not publish this link." : "This link may be seen by anybody.",
  ]);
}

function lines(all: readonly (string | null)[]): string {
  return all.filter((line) => line !== null).join("\n");
}

export function when(
  facts: Pick<InvitationFacts, "timeZone">,
  occurrence: MeetingOccurrence,
  locale: "ja-JP" | "en-GB",
): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: facts.timeZone,
    year: "numeric",
    month: "long",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const range = format.formatRange(new Date(occurrence.startsAt), new Date(occurrence.endsAt));
  return locale === "ja-JP" ? `${range}（${facts.timeZone}）` : `${range} (${facts.timeZone})`;
}

/** 123 4567 8901: as numbers are read aloud. */
export function grouped(number: string): string {
  return `${number.slice(0, 3)} ${number.slice(3, -4)} ${number.slice(-4)}`;
}
