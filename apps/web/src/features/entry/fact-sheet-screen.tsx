import type { FactSheetView } from "@sekisho/contract";
import { useEffect, useState, type ReactNode } from "react";
import { ApiError, call } from "../../api/client.ts";
import { useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { FactSheetPage, type FactSheetPageState } from "./fact-sheet-page.tsx";

/** `/facts/:link`: the fact sheet alone, for reading at leisure and for printing. */
export function FactSheetScreen(): ReactNode {
  const t = useWords("fact-sheet");
  const link = useParam("link");
  const [state, setState] = useState<FactSheetPageState>({ kind: "loading" });
  const [times, setTimes] = useState(0);
  usePageTitle(t("title"));
  useEffect(() => {
    let gone = false;
    setState({ kind: "loading" });
    void read(link).then((next) => {
      if (!gone) setState(next);
    });
    return () => {
      gone = true;
    };
  }, [link, times]);
  return <FactSheetPage state={state} onRetry={() => setTimes(times + 1)} onPrint={() => print()} />;
}

async function read(link: string): Promise<FactSheetPageState> {
  try {
    const sheet: FactSheetView = await call("POST", "/api/m/:link/fact-sheet", {
      params: { link },
      body: { passcode: null },
    });
    return { kind: "there", sheet };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // Unknown, over, cancelled, or a number: one page (MTG-4).
    const unknown = ["entry_not_accepted", "bad_request"].includes(error.failure.code);
    return { kind: unknown ? "notFound" : "failed" };
  }
}
