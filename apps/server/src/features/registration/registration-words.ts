/** What registrants are written, in both languages. */

/** `received`: waits for the host's word. `movedUp`: from the waiting list. `removed`: taken back by a host. `cancelled`: by the registrant. */
export type Letter =
  | "confirm"
  | "received"
  | "registered"
  | "waitlisted"
  | "movedUp"
  | "declined"
  | "removed"
  | "cancelled"
  | "meetingCancelled";

export type MailFacts = {
  readonly organisation: string;
  /** Null at high. */
  readonly topic: string | null;
  readonly when: string;
  readonly url: string;
  readonly formUrl: string;
  readonly passcodeNeeded: boolean;
};

type Mail = { readonly subject: string; readonly lines: readonly string[] };

export function mailWords(locale: "ja" | "en", letter: Letter, facts: MailFacts): Mail {
  const { titles, neutral, told, of } = locale === "ja" ? japanese : english;
  const title = titles[letter];
  return {
    subject: facts.topic === null ? neutral : of(title, facts.topic),
    lines: [...told.head(facts), "", ...told[letter](facts), ""],
  };
}

const japanese = {
  neutral: "打ち合わせのご案内",
  of: (title: string, topic: string) => `${title}：${topic}`,
  titles: {
    confirm: "登録の確認",
    received: "登録を受け付けました",
    registered: "登録が完了しました",
    waitlisted: "キャンセル待ちで受け付けました",
    movedUp: "空きが出て、登録が完了しました",
    declined: "登録について",
    removed: "登録について",
    cancelled: "登録を取り消しました",
    meetingCancelled: "会議は中止になりました",
  } satisfies Record<Letter, string>,
  told: {
    head: ({ organisation, topic, when }: MailFacts) => [
      `${organisation}からのお知らせです。`,
      "",
      ...(topic === null ? [] : [`会議：${topic}`]),
      `日時：${when}`,
    ],
    confirm: ({ url }: MailFacts) => [
      "このアドレスで、会議への事前登録の申し込みがありました。",
      "次のページを開き、「登録を確定する」を押してください。押すまで、登録は完了しません。",
      "",
      url,
      "",
      "24 時間を過ぎると使えなくなります。",
      "心当たりがないときは、何もする必要はありません。このメールを削除してください。",
    ],
    received: ({ url }: MailFacts) => [
      "登録を受け付けました。主催者が確認しだい、結果をメールでお知らせします。",
      "",
      "登録の内容を見る・取り消す：",
      url,
    ],
    registered: (facts: MailFacts) => ["登録が完了しました。", "", ...linkJa(facts)],
    waitlisted: ({ url }: MailFacts) => [
      "満席のため、キャンセル待ちで受け付けました。空きが出ると、自動で登録され、メールでお知らせします。",
      "",
      "登録の内容を見る・取り消す：",
      url,
    ],
    movedUp: (facts: MailFacts) => ["空きが出たため、登録が完了しました。", "", ...linkJa(facts)],
    declined: () => ["今回の登録は、お受けできませんでした。"],
    removed: () => ["主催者が登録を取り消しました。これまでのリンクは使えません。"],
    cancelled: ({ formUrl }: MailFacts) => [
      "登録を取り消しました。これまでのリンクは使えません。",
      "",
      "もう一度登録するとき：",
      formUrl,
    ],
    meetingCancelled: () => ["主催者がこの会議を中止しました。登録のリンクは使えません。"],
  },
} as const;

function linkJa({ url, passcodeNeeded }: MailFacts): readonly string[] {
  return [
    "当日は、次のページを開き、「会議に参加する」を押してください。",
    "",
    url,
    "",
    "このリンクは、あなた専用です。ほかの人に渡したり、公開したりしないでください。",
    "都合が悪くなったときは、同じページで登録を取り消せます。",
    ...(passcodeNeeded ? ["会議パスコードは、別の方法でお届けします。このメールにはありません。"] : []),
  ];
}

const english = {
  neutral: "Your meeting",
  of: (title: string, topic: string) => `${title}: ${topic}`,
  titles: {
    confirm: "Confirm your registration",
    received: "We have your registration",
    registered: "You are registered",
    waitlisted: "You are on the waiting list",
    movedUp: "A place is free: you are registered",
    declined: "Your registration",
    removed: "Your registration",
    cancelled: "Registration cancelled",
    meetingCancelled: "The meeting is cancelled",
  } satisfies Record<Letter, string>,
  told: {
    head: ({ organisation, topic, when }: MailFacts) => [
      `A message from ${organisation}.`,
      "",
      ...(topic === null ? [] : [`Meeting: ${topic}`]),
      `Time: ${when}`,
    ],
    confirm: ({ url }: MailFacts) => [
      "Somebody asked to register this address for the meeting.",
      'Open this page and press "Confirm registration". Until then you are not registered.',
      "",
      url,
      "",
      "The page works for 24 hours.",
      "If this was not you, you need not do anything. Delete this message.",
    ],
    received: ({ url }: MailFacts) => [
      "We have your registration. The host looks at it, and we will write to you with the result.",
      "",
      "To see or cancel it:",
      url,
    ],
    registered: (facts: MailFacts) => ["You are registered.", "", ...linkEn(facts)],
    waitlisted: ({ url }: MailFacts) => [
      "All places are taken. You are on the waiting list; if a place becomes free you get it by itself, and we will write to you.",
      "",
      "To see or cancel your registration:",
      url,
    ],
    movedUp: (facts: MailFacts) => ["A place has become free, and you are registered.", "", ...linkEn(facts)],
    declined: () => ["Your registration could not be accepted this time."],
    removed: () => ["The host has taken your registration back. Your link no longer works."],
    cancelled: ({ formUrl }: MailFacts) => [
      "Your registration is cancelled. Your link no longer works.",
      "",
      "To register again:",
      formUrl,
    ],
    meetingCancelled: () => ["The host has cancelled this meeting. Your link no longer works."],
  },
} as const;

function linkEn({ url, passcodeNeeded }: MailFacts): readonly string[] {
  return [
    'On the day, open this page and press "Join the meeting".',
    "",
    url,
    "",
    "The link is for you alone. Do not pass it on or publish it.",
    "If you cannot come, you can cancel on the same page.",
    ...(passcodeNeeded ? ["The passcode reaches you another way. It is not in this message."] : []),
  ];
}
