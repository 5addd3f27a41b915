import type { BarrierRulesView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { ReviewView, type ReviewViewProps } from "../../features/barriers/review-view.tsx";
import { RuleFields } from "../../features/barriers/rule-dialogs.tsx";
import { ruleNames } from "../../features/barriers/rules-model.ts";
import { SettingsView } from "../../features/barriers/settings-view.tsx";
import { SwitchOnFacts } from "../../features/barriers/switch-dialog.tsx";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import type { GalleryState } from "../state.ts";
import { inFrame } from "./barriers.tsx";
import { impact, members, preview, status } from "./barriers-samples.ts";

const nothing = () => undefined;
const words = ["barriers", "barriers-settings", "shell", "account"] as const;
const r = () => wordsOf(currentLanguage(), "barriers-settings");

function state(name: string, render: () => ReactNode): GalleryState {
  return { id: `barriers/settings${name}`, words, render };
}

const off = (): BarrierRulesView => ({ ...status().rules, on: false });

/** Every rule on the side that needs a warning. */
const open = (): BarrierRulesView => ({
  ...status().rules,
  ungrouped: "unrestricted",
  joinBeforeHost: "unlocked",
  manualGroupEdits: true,
  secondPerson: "never",
  staleLimits: { denyNewAfter: 60, closeAfter: 1440 },
  exceptions: [
    { kind: "address", value: "oba@oba-sekkei.example" },
    { kind: "domain", value: "yamabukidai-university-hospital.example" },
  ],
});

function dialog(change: Partial<ReviewViewProps>): ReactNode {
  return (
    <ReviewView
      title=""
      confirm={r()("confirm")}
      ready
      {...preview()}
      again={undefined}
      working={false}
      problem={undefined}
      reason=""
      onReason={nothing}
      onList={nothing}
      onConfirm={nothing}
      onClose={nothing}
      {...change}
    />
  );
}

export const states: readonly GalleryState[] = [
  state("", () => inFrame("settings", <SettingsView status={status()} onOpen={nothing} />)),
  state("-open", () =>
    inFrame("settings", <SettingsView status={status({ rules: open() })} onOpen={nothing} />),
  ),
  state("-off", () =>
    inFrame("settings", <SettingsView status={status({ rules: off() })} onOpen={nothing} />),
  ),
  state("-read", () =>
    inFrame("settings", <SettingsView status={status({ mayEdit: false })} onOpen={nothing} />, {
      mayEdit: false,
    }),
  ),
  state("-switch-on", () =>
    inFrame(
      "settings",
      dialog({
        title: r()("on.dialog"),
        confirm: r()("on.confirm"),
        children: (
          <SwitchOnFacts
            impact={impact()}
            ungrouped="unrestricted"
            onUngrouped={nothing}
            people={members()}
            total={12}
          />
        ),
      }),
    ),
  ),
  state("-switch-off", () =>
    inFrame(
      "settings",
      dialog({
        title: r()("off.dialog"),
        confirm: r()("off.confirm"),
        danger: true,
        children: <p>{r()("off.breaks", { count: 4 })}</p>,
      }),
    ),
  ),
  ...ruleNames.map((rule) =>
    state(`-${rule}`, () =>
      inFrame(
        "settings",
        dialog({
          title: r()(`rule.${rule}`),
          children: <RuleFields rule={rule} rules={open()} editors={2} onChange={nothing} />,
        }),
      ),
    ),
  ),
];
