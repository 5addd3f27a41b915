import type { FactSheetView } from "@sekisho/contract";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { ApiError, call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { BeforeAskingView, type SheetState } from "./before-asking-view.tsx";
import type { EntryProblem, Said, ToSay } from "./entry-model.ts";

export interface BeforeAskingProps {
  agreement: boolean;
  device: boolean;
  /** How often the server has said that something is missing: the text may be another one now. */
  asked: number;
  link: string;
  /** As typed: by number, the sheet is for whoever has it. */
  passcode: string;
  /** The link is the meeting's own: the sheet can be read alone and printed. */
  known: boolean;
  problem: EntryProblem | null;
  onSay: (said: Said) => void;
}

/** What has to be said before asking (INV-4, SEC-8). What is said counts for the version that stands here. */
export function BeforeAsking(props: BeforeAskingProps): ReactNode {
  const { onSay, asked } = props;
  const t = useWords("fact-sheet");
  const { state, again } = useSheet(props);
  const [ticks, setTicks] = useState({ read: false, policy: false, device: false });
  useEffect(() => {
    if (asked > 0) setTicks((now) => ({ ...now, read: false, policy: false }));
  }, [asked]);
  const { agreement, device } = props;
  const version = state.kind === "there" && ticks.read && ticks.policy ? state.sheet.version : null;
  useEffect(() => {
    const { device: declared } = ticks;
    onSay(saidOf({ agreement, device }, { version, declared }));
  }, [onSay, agreement, device, version, ticks]);
  return (
    <BeforeAskingView
      agreement={props.agreement ? state : null}
      device={props.device}
      href={props.known ? `/facts/${props.link}` : null}
      ticks={ticks}
      error={errorOf(props, t)}
      onTick={(change) => setTicks({ ...ticks, ...change })}
      onRetry={again}
    />
  );
}

function saidOf(
  toSay: ToSay,
  { version, declared }: { readonly version: number | null; readonly declared: boolean },
): Said {
  const gap = (error: "agreement_needed" | "device_declaration_needed") =>
    ({ kind: "field", field: "before", error }) as const;
  const unsaid = toSay.device && !declared ? gap("device_declaration_needed") : null;
  return {
    body: {
      agreement: version === null ? null : { version, ownPolicy: true },
      deviceDeclared: declared,
    },
    gap: toSay.agreement && version === null ? gap("agreement_needed") : unsaid,
  };
}

type Problem = Pick<BeforeAskingProps, "problem" | "asked" | "known">;

/** Asked for although the text was there to be agreed to: it is another one now. */
function errorOf(
  { problem, asked, known }: Problem,
  t: ReturnType<typeof useWords<"fact-sheet">>,
): string | undefined {
  if (problem?.kind !== "field" || problem.field !== "before") return undefined;
  const changed = asked > (known ? 0 : 1) && problem.error === "agreement_needed";
  return changed ? t("error.agreement_changed") : t.maybe(`error.${problem.error}`);
}

function useSheet({ agreement, asked, link, passcode }: BeforeAskingProps) {
  const [state, setState] = useState<SheetState>({ kind: "loading" });
  const [times, setTimes] = useState(0);
  const again = useCallback(() => setTimes((now) => now + 1), []);
  useEffect(() => {
    if (!agreement) return;
    let gone = false;
    const show = (next: SheetState) => {
      if (!gone) setState(next);
    };
    setState({ kind: "loading" });
    load(link, passcode).then(
      (sheet) => show({ kind: "there", sheet }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        show({ kind: "failed" });
      },
    );
    return () => {
      gone = true;
    };
    // Typing a passcode does not fetch the text again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [agreement, asked, link, times]);
  return { state, again };
}

function load(link: string, passcode: string): Promise<FactSheetView> {
  const body = { passcode: passcode === "" ? null : passcode };
  return call("POST", "/api/m/:link/fact-sheet", { params: { link }, body });
}
