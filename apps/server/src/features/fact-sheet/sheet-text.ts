/**
 * The words of a fact sheet (INV-4), made of what is in force for one meeting. Both languages are one text and one
 * version: whoever agrees in one of them has agreed to the other.
 */
import type { Bilingual, FactSheetSection, FactSheetTexts } from "@sekisho/contract";
import type { PolicyValues } from "@sekisho/domain";

export type SheetFacts = {
  readonly organisation: { readonly name: string; readonly address: string };
  /** The one address of this server. */
  readonly origin: string;
  readonly region: { readonly label: string; readonly country: string } | null;
  readonly policy: PolicyValues;
  readonly texts: FactSheetTexts;
};

const both = (ja: string, en: string): Bilingual => ({ ja, en });

export function sectionsOf(facts: SheetFacts): readonly FactSheetSection[] {
  const { policy } = facts;
  return [
    { id: "address", title: both("参加する場所", "Where you join"), lines: addressLines(facts) },
    { id: "data", title: both("データの場所", "Where data is"), lines: [dataLine(facts)] },
    { id: "encryption", title: both("暗号化", "Encryption"), lines: encryptionLines(policy) },
    {
      id: "recording",
      title: both("録画・録音と共有", "Recording and sharing"),
      lines: recordingLines(policy),
    },
    {
      id: "checking",
      title: both("参加する人の確認", "How people are checked"),
      lines: checkingLines(policy),
    },
    { id: "kept", title: both("残るもの", "What is kept"), lines: [ownOr(facts.texts.kept, generatedKept)] },
    {
      id: "contact",
      title: both("連絡先", "Contact"),
      lines: [ownOr(facts.texts.contact, generatedContact(facts.organisation.name))],
    },
  ];
}

function addressLines({ organisation, origin }: SheetFacts): Bilingual[] {
  const lines = [
    both(
      `この会議の正しいアドレスは、${origin} で始まるものだけです。`,
      `The only right address of this meeting begins with ${origin}.`,
    ),
    both(
      "アプリなどのインストールは要りません。インストールを求められたときは、応じずに連絡先へお知らせください。",
      "Nothing is to be installed. If you are asked to install something, do not do it, and tell the contact below.",
    ),
  ];
  const { name, address } = organisation;
  return address === ""
    ? lines
    : [...lines, both(`主催する組織：${name}（${address}）`, `Organisation: ${name} (${address})`)];
}

function dataLine({ region }: SheetFacts): Bilingual {
  if (region === null)
    return both(
      "音声・映像・チャットを処理する場所は、設定されていません。連絡先にお尋ねください。",
      "Where sound, picture and chat are processed has not been set. Please ask the contact below.",
    );
  const { label, country } = region;
  const [ja, en] = country === "" ? ["", ""] : [`（${country}）`, ` (${country})`];
  return both(
    `音声・映像・チャットは、${label}${ja}にあるサーバーで処理します。`,
    `Sound, picture and chat are processed on a server in ${label}${en}.`,
  );
}

function encryptionLines({ encryption }: PolicyValues): Bilingual[] {
  if (encryption === "e2ee")
    return [
      both(
        "エンドツーエンドで暗号化します。サーバーは鍵を持たず、内容を復号できません。",
        "End-to-end encrypted. The server has no key and cannot decrypt the content.",
      ),
    ];
  return [
    both(
      "端末とサーバーのあいだの通信を暗号化します。",
      "What travels between your device and the server is encrypted.",
    ),
    both(
      "サーバーは内容を復号できる方式です。サーバーを運用する人が、技術的には内容に触れられます。",
      "The server could decrypt the content. Technically, whoever operates the server could reach it.",
    ),
  ];
}

const sharing = {
  nobody: both("画面共有とファイルの送受信はできません。", "Nobody can share a screen or send files."),
  hosts: both(
    "画面を共有できるのは主催者だけです。ファイルの送受信はできません。",
    "Only hosts can share a screen. Files cannot be sent.",
  ),
  everyone: both(
    "画面を共有できます。共有した画面は全員に見えます。ファイルの送受信はできません。",
    "Screens can be shared, and everybody sees them. Files cannot be sent.",
  ),
} as const;

function recordingLines({ screenShare }: PolicyValues): Bilingual[] {
  return [
    both("録画・録音はしません。だれにもできません。", "Nothing is recorded. Nobody can record here."),
    sharing[screenShare],
    both(
      "参加者が自分の端末で撮影や録音をすることまでは、防げません。",
      "What people do with their own devices, such as filming a screen, cannot be prevented.",
    ),
  ];
}

function checkingLines(policy: PolicyValues): Bilingual[] {
  const lines: Bilingual[] = [];
  if (policy.passcodeRequired)
    lines.push(
      both(
        "招待リンクとは別の方法で届く会議パスコードが要ります。",
        "You need a passcode, which reaches you by another way than the invitation link.",
      ),
    );
  if (policy.guestProof === "address")
    lines.push(
      both(
        "招待されたメールアドレスを、届いたコードで確かめます。",
        "You prove the invited address by a code sent to it.",
      ),
    );
  if (policy.verifierRequired)
    lines.push(
      both(
        "担当者が、本人であることを確かめてから入室を許可します。確かめた方法は記録します。",
        "Somebody makes sure who you are before admitting you. How it was done is recorded.",
      ),
    );
  else if (policy.waitingRoom)
    lines.push(
      both("待機室で、主催者の許可を待ちます。", "You wait in the waiting room until the host admits you."),
    );
  const none = both("リンクを持つ人は、そのまま入れます。", "Whoever has the link enters at once.");
  return lines.length === 0 ? [none] : lines;
}

/** As it is in this version (DAT-3 comes later): chat goes with the end, the log stays. */
export const generatedKept = both(
  "チャットは、会議が終わると削除します。会議の記録（だれが申請し、許可され、退室したか、この説明への同意）は残ります。氏名は暗号化して保存します。",
  "Chat is deleted when the meeting ends. The record stays: who asked, was admitted and left, and the agreement to this sheet. Names are kept encrypted.",
);

export function generatedContact(organisation: string): Bilingual {
  return both(
    `${organisation}の、あなたを招待した担当者に、ふだんの連絡方法でお問い合わせください。`,
    `Ask the person at ${organisation} who invited you, in the way you usually contact them.`,
  );
}

/** Each language by itself: an organisation that writes only one of them has a sentence in the other as well. */
function ownOr(own: Bilingual, generated: Bilingual): Bilingual {
  return both(own.ja === "" ? generated.ja : own.ja, own.en === "" ? generated.en : own.en);
}
