import type { GalleryState } from "../state.ts";
import { wordsOf } from "../../i18n/words.ts";
import { ReturnView } from "../../features/sign-in/return-view.tsx";
import { SignInView } from "../../features/sign-in/sign-in-view.tsx";

const words = ["sign-in", "account"] as const;
const base = {
  working: false,
  problem: undefined,
  offered: { providers: [], demanded: false },
  onSubmit: () => undefined,
  onPasskey: () => undefined,
  onProvider: () => undefined,
};
const id = "00000000-0000-4000-8000-000000000001";
const providers = [{ id, name: "みどり野銀行アカウント" }];
const back = { text: undefined, reference: null, onBack: () => undefined };

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
  {
    id: "sign-in/provider",
    words,
    render: () => <SignInView {...base} offered={{ providers, demanded: false }} />,
  },
  {
    id: "sign-in/signed-out",
    words,
    render: () => (
      <SignInView {...base} offered={{ providers, demanded: true }} signedOut="みどり野銀行アカウント" />
    ),
  },
  {
    id: "sign-in/provider-leaving",
    words,
    render: () => <SignInView {...base} working offered={{ providers, demanded: false }} />,
  },
  {
    id: "sign-in/provider-demanded",
    words,
    render: () => <SignInView {...base} offered={{ providers, demanded: true }} />,
  },
  { id: "sign-in/return", words, render: () => <ReturnView {...back} problem={undefined} /> },
  { id: "sign-in/return-again", words, render: () => <ReturnView {...back} problem="again" /> },
  {
    id: "sign-in/return-not-confirmed",
    words,
    render: () => (
      <ReturnView {...back} problem="refused" errand="confirm" reference="q3V9mTz0aKx5YwB7LhE2cA" />
    ),
  },
  { id: "sign-in/return-tied", words, render: () => <ReturnView {...back} problem="tied" errand="link" /> },
  {
    id: "sign-in/return-refused",
    words,
    render: () => <ReturnView {...back} problem="refused" reference="q3V9mTz0aKx5YwB7LhE2cA" />,
  },
  {
    id: "sign-in/return-not-linked",
    words,
    render: () => <ReturnView {...back} problem="notLinked" reference="q3V9mTz0aKx5YwB7LhE2cA" />,
  },
];
