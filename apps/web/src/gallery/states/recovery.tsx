import type { GalleryState } from "../state.ts";
import { wordsOf } from "../../i18n/words.ts";
import { AskLinkView } from "../../features/sign-in/ask-link-view.tsx";
import { LinkIsGone, NewPasswordView, PasswordIsSet } from "../../features/sign-in/new-password-view.tsx";

const words = ["recovery", "account"] as const;
const ask = { state: "form", working: false, problem: undefined, onSubmit: () => undefined } as const;
const fresh = {
  ...{ email: "rina@midorino.example", factor: false, working: false, problem: undefined },
  onSubmit: () => undefined,
};

export const states: readonly GalleryState[] = [
  { id: "recovery/ask", words, render: () => <AskLinkView {...ask} /> },
  {
    id: "recovery/ask-problem",
    words,
    render: (lang) => <AskLinkView {...ask} problem={wordsOf(lang, "account")("error.unreachable")} />,
  },
  { id: "recovery/sent", words, render: () => <AskLinkView {...ask} state="sent" /> },
  { id: "recovery/off", words, render: () => <AskLinkView {...ask} state="off" /> },
  { id: "recovery/new", words, render: () => <NewPasswordView {...fresh} /> },
  {
    id: "recovery/new-factor",
    words,
    render: (lang) => (
      <NewPasswordView {...fresh} factor problem={wordsOf(lang, "account")("error.password_breached")} />
    ),
  },
  { id: "recovery/done", words, render: () => <PasswordIsSet /> },
  { id: "recovery/gone", words, render: (lang) => <LinkIsGone text={wordsOf(lang, "recovery")("gone")} /> },
];
