/** Whoever an account belongs to is told what was changed about its ways in: by mail, where there is mail. */
import { presentable } from "@sekisho/domain";
import { isMailbox } from "../../../platform/mail/message.ts";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import type { AccountsDeps } from "../accounts-deps.ts";

export type NoticeKind =
  | "passkeyAdded"
  | "passkeyRemoved"
  | "totpAdded"
  | "totpRemoved"
  | "codesMade"
  | "codeUsed"
  | "reset"
  | "providerLinked"
  | "providerUnlinked"
  | "providerTookOver"
  | "providerDropped"
  | "recovered"
  | "linkHanded";

const sentences: { readonly [K in NoticeKind]: { readonly ja: string; readonly en: string } } = {
  passkeyAdded: { ja: "パスキーが追加されました。", en: "A passkey was added." },
  passkeyRemoved: { ja: "パスキーが削除されました。", en: "A passkey was removed." },
  totpAdded: { ja: "認証アプリが設定されました。", en: "An authenticator app was set up." },
  totpRemoved: { ja: "認証アプリが削除されました。", en: "The authenticator app was removed." },
  codesMade: { ja: "復旧コードが作り直されました。", en: "New recovery codes were made." },
  codeUsed: { ja: "復旧コードが 1 つ使われました。", en: "A recovery code was used." },
  providerLinked: {
    ja: "組織の ID プロバイダーが、サインインの方法に加わりました。",
    en: "The organisation's identity provider was added as a way to sign in.",
  },
  providerUnlinked: {
    ja: "組織の ID プロバイダーが、サインインの方法から外されました。",
    en: "The organisation's identity provider was taken away as a way to sign in.",
  },
  providerTookOver: {
    ja: "組織の ID プロバイダーではじめてサインインがありました。これまでのパスワードと二要素認証は使えなくなり、開いていたサインインは終わりました。",
    en: "There was a first sign-in by the organisation's identity provider. The password and second factors from before are void, and sessions that were open have ended.",
  },
  providerDropped: {
    ja: "役割または職務が変わったため、ID プロバイダーとの結びつきと、そのサインイン中に設定した二要素認証を外しました。パスワードでサインインし、「サインインと端末」で結び直してください。パスワードがわからないときは、サインイン画面の「パスワードを忘れたとき」から設定できます。",
    en: "Your role or duties have changed. Your account's tie to the identity provider was removed, and with it second factors that were set up in sessions opened by it. Sign in with your password and tie the account again under “Sign-in and devices”. If you do not know your password, set one by “Forgotten password” on the sign-in page.",
  },
  reset: {
    ja: "二要素認証の設定が、管理する人によって取り消されました。",
    en: "The second factors were taken away by those who look after accounts.",
  },
  recovered: {
    ja: "新しいパスワードが設定されました。サインインしていた端末は、すべてサインアウトしました。",
    en: "A new password was set. Every device that was signed in has been signed out.",
  },
  linkHanded: {
    ja: "新しいパスワードを設定するためのリンクを、管理する人が作りました。",
    en: "Those who look after accounts made a link for setting a new password.",
  },
};

/** In the change's own transaction; the text opens nothing. */
export async function tellAccount(
  deps: Pick<AccountsDeps, "mail">,
  trx: Trx,
  accountId: string,
  kind: NoticeKind,
): Promise<void> {
  const account = await trx
    .selectFrom("account")
    .select(["email", "locale"])
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  if (!isMailbox(account.email)) return;
  const { name } = await trx.selectFrom("organisation").select("name").executeTakeFirstOrThrow();
  const organisation = presentable(name, 64);
  const sentence = sentences[kind][account.locale];
  const japanese = account.locale === "ja";
  const text = japanese
    ? `${organisation}のアカウント（${account.email}）について、お知らせします。\n\n${sentence}\n\n心当たりがないときは、すぐに組織の管理者に知らせてください。\n`
    : `About your account (${account.email}) at ${organisation}:\n\n${sentence}\n\nIf this was not you, tell your organisation's administrators at once.\n`;
  await deps.mail.put(trx, {
    ...{ kind: "accountNotice", to: account.email, text, secret: false, goodUntil: null },
    subject: japanese ? "サインインの設定が変わりました" : "Your sign-in settings have changed",
  });
}
