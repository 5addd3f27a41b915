/** What is sent to whoever has forgotten a password. It says what opening it does, and names no person. */
import type { MailMessage } from "../../../platform/mail/message.ts";

type To = {
  readonly to: string;
  readonly organisation: string;
  readonly locale: "ja" | "en";
  readonly goodUntil: number;
};

export function recoveryMail({ to, organisation, locale, goodUntil, url }: To & { readonly url: string }) {
  const japanese = `${organisation}のアカウント（${to}）に、新しいパスワードを設定します。次のリンクを開いてください。

${url}

リンクは 30 分間、申し込みをしたブラウザーでだけ、一度使えます。二要素認証を設定しているときは、その確認も必要です。設定すると、サインインしているすべての端末がサインアウトします。

申し込んだ覚えがないときは、何もする必要はありません。このメールを削除してください。リンクは、だれにも渡さないでください。
`;
  const english = `To set a new password for your account (${to}) at ${organisation}, open this link:

${url}

It works once, for 30 minutes, only in the browser that asked for it. If you have a second factor, you will be asked for it. Every device that is signed in will then be signed out.

If you did not ask for it, you need not do anything. Delete this message, and give the link to nobody.
`;
  const isJapanese = locale === "ja";
  return {
    ...{ kind: "recoveryLink", to, secret: true, goodUntil },
    subject: isJapanese ? "パスワードの再設定" : "Set a new password",
    text: isJapanese ? japanese : english,
  } satisfies MailMessage;
}

/** An owner without a second factor: mail alone does not open an organisation. */
export function refusalMail({ to, organisation, locale, goodUntil }: To) {
  const japanese = `${organisation}のアカウント（${to}）のパスワードの再設定が申し込まれました。

このアカウントは所有者で、二要素認証がないため、メールでは再設定できません。サーバーを管理する人に、リンクを作ってもらってください。

申し込んだ覚えがないときは、組織の管理者に知らせてください。
`;
  const english = `Somebody asked for a new password for your account (${to}) at ${organisation}.

This account is an owner without a second factor, so mail cannot do it. Ask whoever looks after the server for a link.

If it was not you, tell your organisation's administrators.
`;
  const isJapanese = locale === "ja";
  return {
    ...{ kind: "recoveryLink", to, secret: false, goodUntil },
    subject: isJapanese ? "パスワードの再設定について" : "About setting a new password",
    text: isJapanese ? japanese : english,
  } satisfies MailMessage;
}
