/** INV-1 over messages made of anything that people can type. */
import { id, safeDefaults, type Invitee } from "@sekisho/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { requireOneSecret } from "../../../../../../packages/testkit/src/one-secret.ts";
import { checkMessage, type MailMessage } from "../../../platform/mail/message.ts";
import { linkMail } from "./compose-link.ts";
import { passcodeMessage } from "./compose-passcode.ts";
import type { Gathered } from "./gather.ts";
import { holdsPasscode } from "./one-secret.ts";

const passcode = "KHVT2345P9";
const link = "AAAAAAAAAAAAAAAAAAAAAA";
const url = `https://meet.example.jp/m/${link}`;
const number = "12345678901";
const invitee: Invitee = {
  ...{ name: "大庭 俊", organisation: "", email: "oba@tokiwagi.example", accountId: null },
  ...{ secondEmail: "oba@home.example", phone: "+819012345678", locale: null },
};

type Typed = {
  readonly topic: string;
  readonly description: string;
  readonly hostName: string;
  readonly organisation: string;
  readonly confidentiality: "high" | "medium" | "low";
  readonly locale: "ja" | "en";
  readonly cancelled: boolean;
};

function gathered(typed: Typed): Gathered {
  const occurrence = {
    key: "once",
    startsAt: 1_780_000_000_000,
    endsAt: 1_780_003_600_000,
    localStart: "2026-05-29T05:26",
  };
  const row: Gathered["row"] = {
    ...{ id: "00000000-0000-4000-8000-000000000001", host_id: "00000000-0000-4000-8000-000000000002" },
    settings: {
      ...safeDefaults,
      ...{ topic: typed.topic, description: typed.description, confidentiality: typed.confidentiality },
      ...{
        allowedDomains: [],
        invitees: [invitee],
        coHosts: [],
        verifier: id.account("v"),
        riskAccepted: false,
      },
    },
    ...{ start_local: "2026-05-29T05:26", time_zone: "Asia/Tokyo", duration_minutes: 60, recurrence: null },
    ...{ first_start: new Date(0), last_end: null, link, number, passcode_sealed: null, passcode_mac: null },
    ...{ preset_version: 1, version: 1, sequence: 0, created_at: new Date(0) },
    cancelled_at: typed.cancelled ? new Date(0) : null,
  };
  return {
    row,
    facts: {
      ...{ organisation: typed.organisation, hostName: typed.hostName, occurrence, timeZone: "Asia/Tokyo" },
      topic: typed.confidentiality === "high" ? null : typed.topic,
      ...{ recurring: false, url, number, passcodeNeeded: true, isPrivate: true },
    },
    calendar: {
      ...{ row, url, number, locale: typed.locale, attendees: [] },
      host: { name: typed.hostName, email: "rina@example.jp" },
    },
    ...{ passcodeNeeded: true, passcode, invitees: [invitee], localeOf: () => typed.locale },
  };
}

const spoken = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom(
    passcode,
    "KHVT-2345-P9",
    url,
    number,
    "x\r\nBcc: a@b.example",
    "=?utf-8?q?x?=",
    "a\u2028b;,\\n",
  ),
  fc
    .array(fc.constantFrom(passcode, url, " ", "\r\n", "会議", "END:VEVENT"), { maxLength: 4 })
    .map((all) => all.join("")),
);
const typing: fc.Arbitrary<Typed> = fc.record({
  ...{ topic: spoken, description: spoken, hostName: spoken, organisation: spoken },
  confidentiality: fc.constantFrom("high", "medium", "low"),
  locale: fc.constantFrom("ja", "en"),
  cancelled: fc.boolean(),
});

/** Null: refused, which is as good as apart. */
function made(make: () => MailMessage | null): MailMessage | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function wholeOf({ subject, text, calendar }: MailMessage): string {
  return [subject, text, (calendar?.content ?? "").replaceAll(/\r\n[ \t]/gu, "").replaceAll("\\", "")].join(
    "\n",
  );
}

test("[INV-1] whatever people typed, no message holds link or number and the passcode", () => {
  fc.assert(
    fc.property(typing, (typed) => {
      const all = gathered(typed);
      const messages = [
        made(() => linkMail(all, invitee, typed.cancelled ? "cancellation" : "invitation")),
        made(() => linkMail(all, invitee, typed.cancelled ? "cancellation" : "change")),
        made(() =>
          passcodeMessage(all, { channel: "mail", to: "oba@home.example", locale: typed.locale }, null),
        ),
        made(() => passcodeMessage(all, { channel: "sms", to: "+819012345678", locale: typed.locale }, null)),
      ].filter((one) => one !== null);
      for (const message of messages) {
        const whole = wholeOf(message);
        requireOneSecret(whole, message.kind);
        const leads = whole.includes(link) || whole.replaceAll(/\D/gu, "").includes(number);
        expect(leads && holdsPasscode(whole, passcode)).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});

test("[INV-3] whatever people typed in sensible length, what is composed is a message of one receiver and one subject line", () => {
  fc.assert(
    fc.property(typing, (typed) => {
      const news = typed.cancelled ? "cancellation" : "invitation";
      const message = made(() => linkMail(gathered(typed), invitee, news));
      if (message !== null) expect(() => checkMessage(message)).not.toThrow();
    }),
    { numRuns: 100 },
  );
});

test("[INV-1] the look at every message of a run sees link and passcode together, however they are written", () => {
  const link22 = "https://meet.example.jp/m/7qV0w4Kx9mZpR2sTbN8cLd";
  for (const shown of ["KH4T9WRM3X", "KH4T-9WRM-3X", "KH4T 9WRM 3X", "KH4T9W\r\n RM3X"])
    expect(() => requireOneSecret(`${link22}\n${shown}`, "canary")).toThrow("[INV-1]");
  expect(() => requireOneSecret(`${link22}\n会議番号：842 1093 5571`, "mail")).not.toThrow();
  expect(() => requireOneSecret("KH4T-9WRM-3X", "passcode")).not.toThrow();
});
