import type { ReactNode } from "react";
import { navigate } from "../app-shell/location.ts";
import { StopScreen } from "../features/entry/stop-screen.tsx";
import type { Stop } from "./flow.ts";
import type { Flow } from "./meeting-page.tsx";

/** Every way in which a visit ends, with what can be done about it. */
export function Stopped({ flow, stop }: { flow: Flow; stop: Stop }): ReactNode {
  const account = flow.entry?.me.kind === "account";
  const acts: Partial<Record<typeof stop.kind, () => void>> = {
    left: flow.again,
    absent: flow.again,
    withdrawn: flow.again,
    elsewhere: flow.switchHere,
    unreachable: flow.retry,
    old: () => location.reload(),
    unsupported: copyLink,
    unprotected: copyLink,
  };
  const act = acts[stop.kind];
  const home = account && (stop.kind === "ended" || stop.kind === "left");
  return (
    <StopScreen
      kind={stop.kind}
      organisation={flow.entry?.organisation.name ?? ""}
      {...("reference" in stop ? { reference: stop.reference } : {})}
      {...(act === undefined ? {} : { onAct: act })}
      {...(home ? { onHome: () => navigate("/") } : {})}
    />
  );
}

function copyLink(): void {
  void navigator.clipboard?.writeText(location.href);
}
