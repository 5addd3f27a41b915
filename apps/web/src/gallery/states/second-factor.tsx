import type { OwnFactors, TotpSetup } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import { ConfirmDialog } from "../../app-shell/second-factor/confirm-dialog.tsx";
import { SetUpView } from "../../app-shell/second-factor/set-up-view.tsx";
import { FactorsSection } from "../../features/me/factors-section.tsx";
import { MePage } from "../../features/me/me-page.tsx";
import { FactorRuleView } from "../../features/organisation/factor-rule-view.tsx";
import { PersonDialog } from "../../features/people/person-dialog.tsx";
import { SecondStep } from "../../features/sign-in/second-step.tsx";
import { wordsOf } from "../../i18n/words.ts";
import { PageHead } from "../../ui/page.tsx";
import type { GalleryState } from "../state.ts";

const words = ["second-factor", "account", "shell", "me", "people"] as const;
const at = Date.UTC(2026, 10, 22, 6, 47);
const quiet = () => undefined;
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

const none: OwnFactors = {
  passkeys: [],
  totpSince: null,
  recoveryCodesLeft: 0,
  strength: "password",
  demanded: false,
  demandedForHigh: false,
  confirmedUntil: null,
};
const both: OwnFactors = {
  ...none,
  passkeys: [
    { id: id(1), name: "会社のノートパソコン", createdAt: at, lastUsedAt: at, synced: false },
    { id: id(2), name: "とても長い名前の".repeat(8), createdAt: at, lastUsedAt: null, synced: true },
  ],
  totpSince: at,
  recoveryCodesLeft: 2,
  strength: "secondFactor",
  demanded: true,
};
/** 33 × 33 modules that look like a code and are none. */
const size = 33;
const modules = Array.from({ length: size * size }, (_, n) => ((n * 7 + (n % 5)) % 3 === 0 ? "1" : "0")).join(
  "",
);
const setup: TotpSetup = { secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", uri: "", qr: { size, modules } };
const codes = Array.from({ length: 10 }, (_, n) => `KH4T-9WRM-3XP${n}`);

const section = {
  ...{ factors: none, passkeysPossible: true, setup: undefined, codes: undefined, working: false },
  ...{ problem: undefined, onBeginTotp: quiet, onTotpCode: quiet, onCloseTotp: quiet, onAddPasskey: quiet },
  ...{
    onRename: quiet,
    onRemovePasskey: quiet,
    onRemoveTotp: quiet,
    onRenewCodes: quiet,
    onCodesDone: quiet,
  },
};
const step = {
  working: false,
  problem: undefined,
  onPasskey: quiet,
  onCode: quiet,
  onMethod: quiet,
  onBack: quiet,
};
const setUp = {
  ...{ ...step, methods: [], passkeys: true, setup: undefined, codes: undefined, onAddPasskey: quiet },
  ...{ onBeginTotp: quiet, onTotpCode: quiet, onDone: quiet, onSignOut: quiet },
};
const prove = {
  working: false,
  problem: undefined,
  onMethod: quiet,
  onPassword: quiet,
  onCode: quiet,
  onPasskey: quiet,
  onProvider: quiet,
};
const rule = { demands: [], accounts: 24, without: 9 } as const;
const saving = { isOwner: true, working: false, problem: undefined, onSave: quiet };

function framed(
  name: string,
  render: (lang: "ja" | "en") => ReactNode,
  area: "settings" | "people" = "settings",
) {
  const page = (lang: "ja" | "en") => (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area={area}>
      {area === "settings" ? (
        <MePage now="security">{render(lang)}</MePage>
      ) : (
        <>
          <PageHead title={wordsOf(lang, "people")("title")} />
          {render(lang)}
        </>
      )}
    </Frame>
  );
  return { id: `second-factor/${name}`, words, render: page };
}
const bare = (name: string, render: (lang: "ja" | "en") => ReactNode): GalleryState => ({
  id: `second-factor/${name}`,
  words,
  render,
});
const failed = (lang: "ja" | "en") => wordsOf(lang, "account")("error.second_factor_failed");

export const states: readonly GalleryState[] = [
  framed("none", () => <FactorsSection {...section} passkeysPossible={false} />),
  framed("some", () => <FactorsSection {...section} factors={both} />),
  framed("refused", (lang) => (
    <FactorsSection {...section} factors={both} problem={wordsOf(lang, "account")("error.factor_demanded")} />
  )),
  framed("totp", () => <FactorsSection {...section} setup={setup} />),
  framed("codes", () => <FactorsSection {...section} factors={both} codes={codes} />),
  framed("add", () => <FactorsSection {...section} initialQuestion={{ kind: "add" }} />),
  framed("remove", () => (
    <FactorsSection
      {...section}
      factors={both}
      initialQuestion={{ kind: "remove", id: id(1), name: "会社のノートパソコン" }}
    />
  )),
  framed("confirm-provider", () => (
    <ConfirmDialog
      factors={none}
      prove={prove}
      providers={[{ id: id(1), name: "みどり野銀行アカウント", linkedAt: at }]}
      onClose={quiet}
    />
  )),
  framed("confirm-password", () => <ConfirmDialog factors={none} prove={prove} onClose={quiet} />),
  framed("confirm-code", (lang) => (
    <ConfirmDialog
      factors={{ ...both, passkeys: [] }}
      prove={{ ...prove, problem: failed(lang) }}
      onClose={quiet}
    />
  )),
  framed(
    "rule",
    () => <FactorRuleView rule={{ ...rule, demands: ["duties", "high"] }} {...saving} />,
    "people",
  ),
  framed("rule-admin", () => <FactorRuleView rule={rule} {...saving} isOwner={false} />, "people"),
  framed(
    "reset",
    () => (
      <PersonDialog
        canMakeOwner
        decision={{ kind: "reset", id: id(3), name: "桐生 真帆" }}
        {...{ working: false, problem: undefined, onConfirm: quiet, onClose: quiet }}
      />
    ),
    "people",
  ),
  bare("step-passkey", () => <SecondStep {...step} methods={["passkey", "totp", "recovery"]} />),
  bare("step-code", (lang) => <SecondStep {...step} methods={["totp", "recovery"]} problem={failed(lang)} />),
  bare("step-recovery", () => (
    <SecondStep {...step} methods={["totp", "recovery"]} initialMethod="recovery" working />
  )),
  bare("set-up", () => <SetUpView {...setUp} />),
  bare("set-up-totp", () => <SetUpView {...setUp} setup={setup} />),
  bare("set-up-codes", () => <SetUpView {...setUp} codes={codes} />),
  bare("set-up-known", () => <SetUpView {...setUp} methods={["totp", "recovery"]} />),
];
