import type { BarrierStatus } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { BarriersPage } from "./barriers-page.tsx";
import { RuleDialog } from "./rule-dialogs.tsx";
import type { RuleName } from "./rules-model.ts";
import { SettingsView } from "./settings-view.tsx";
import { SwitchDialog } from "./switch-dialog.tsx";

/** `/barriers/settings` */
export function SettingsScreen(): ReactNode {
  return <BarriersPage tab="settings">{(status) => <Settings status={status} />}</BarriersPage>;
}

function Settings({ status }: { status: BarrierStatus }): ReactNode {
  const [open, setOpen] = useState<RuleName | "on" | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <>
      <SettingsView status={status} onOpen={setOpen} />
      {open === "on" && <SwitchDialog status={status} onClose={close} />}
      {open !== undefined && open !== "on" && <RuleDialog rule={open} status={status} onClose={close} />}
    </>
  );
}
