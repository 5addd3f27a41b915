import type { GalleryState } from "../state.ts";
import { wordsOf } from "../../i18n/words.ts";
import { SignInView } from "../../features/sign-in/sign-in-view.tsx";

const words = ["sign-in", "account"] as const;
const base = { working: false, problem: undefined, onSubmit: () => undefined, onPasskey: () => undefined };

export const states: readonly GalleryState[] = [
  { id: "sign-in/empty", words, render: () => <SignInView {...base} /> },
  {
    id: "sign-in/working",
    words,
    render: () => <SignInView {...base} working initialEmail="rina@midorino.example" />,
  },
  {
    id: "sign-in/failed",
    words,
    render: (lang) => <SignInView {...base} problem={wordsOf(lang, "account")("error.sign_in_failed")} />,
  },
];
