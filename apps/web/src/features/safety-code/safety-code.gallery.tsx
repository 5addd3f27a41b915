import { useState, type ReactNode } from "react";
import { sampleId, samplePerson, sampleTime } from "../../api/live/samples.ts";
import { sample } from "../../gallery/sample.ts";
import type { GalleryState } from "../../gallery/state.ts";
import { sampleCode, sampleHolder, sampleKeysState } from "../../keys/samples.ts";
import { SafetyCodeView, type SafetyCodeViewProps } from "./safety-code-view.tsx";

const nothing = () => undefined;
const minute = 60_000;

const people = () => [
  samplePerson("self", {
    displayName: "佐久間 里奈",
    affiliation: sample("みどり野銀行", "Midorino Bank"),
  }),
  samplePerson("kiryu", {
    displayName: "桐生 真帆",
    affiliation: sample("みどり野銀行", "Midorino Bank"),
  }),
  samplePerson("oba", {
    displayName: "大庭 修一郎",
    affiliation: sample("常磐木製作所", "Tokiwagi Works"),
  }),
  samplePerson("teshigawara", {
    displayName: "勅使河原 万里江",
    affiliation: sample("山吹台大学附属病院 経営企画室", "Yamabukidai University Hospital, Planning"),
  }),
];

const holders = () => [
  sampleHolder("self", { name: "佐久間 里奈", admits: true }),
  sampleHolder("kiryu", { name: "桐生 真帆", admits: true, trust: "checked" }),
  sampleHolder("oba", { name: "大庭 修一郎", trust: "known" }),
  sampleHolder("teshigawara", { name: "勅使河原 万里江" }),
];

const joined = () =>
  sampleCode({
    since: sampleTime + 2 * minute,
    because: { what: "joined", names: ["勅使河原 万里江"] },
  });

const later = (names: readonly string[]) =>
  sampleCode({
    digits: "718250493316608274950162738405",
    since: sampleTime + 5 * minute,
    because: { what: "left", names },
  });

function View(props: Partial<SafetyCodeViewProps>): ReactNode {
  return (
    <main id="main">
      <h1 className="sr-only">{sample("会議", "Meeting")}</h1>
      <SafetyCodeView
        state={sampleKeysState({ holders: holders(), code: joined() })}
        people={people()}
        selfId={sampleId("self")}
        step="compare"
        onStep={nothing}
        unmarked={false}
        mayStop
        stopping={{ busy: false, problem: null }}
        onMark={nothing}
        onStop={nothing}
        onLeave={nothing}
        onClose={nothing}
        {...props}
      />
    </main>
  );
}

/** Somebody leaves while the digits are being read aloud. */
function Turning(): ReactNode {
  const [code, setCode] = useState(joined);
  const [marked, setMarked] = useState("");
  return (
    <>
      <button type="button" hidden data-do="turn" onClick={() => setCode(later(["大庭 修一郎"]))}>
        {sample("退出", "Leave")}
      </button>
      <output hidden>{marked}</output>
      <View
        state={sampleKeysState({ holders: holders(), code })}
        onMark={({ digits }) => setMarked(digits)}
      />
    </>
  );
}

const words = ["safety-code", "live"] as const;

function state(id: string, props: () => Partial<SafetyCodeViewProps>): GalleryState {
  return { id: `safety-code/${id}`, words, render: () => <View {...props()} /> };
}

const withHolders = (change: Partial<ReturnType<typeof sampleHolder>>) =>
  sampleKeysState({
    code: joined(),
    holders: holders().map((one) => (one.id === sampleId("oba") ? { ...one, ...change } : one)),
  });

export const states: readonly GalleryState[] = [
  { id: "safety-code/turning", words, render: () => <Turning /> },
  state("compare", () => ({})),
  state("first", () => ({ state: sampleKeysState({ holders: holders() }) })),
  state("changed-while-open", () => ({
    held: joined(),
    state: sampleKeysState({ holders: holders(), code: later(["大庭 修一郎"]) }),
  })),
  state("changed-by-many", () => ({
    state: sampleKeysState({
      holders: holders(),
      code: later(["大庭 修一郎", "三枝 小百合", "常盤 健", "森 拓也", "工藤 彩"]),
    }),
  })),
  state("key-changed", () => ({ state: withHolders({ trust: "changed" }) })),
  state("stranger", () => ({
    state: withHolders({ id: sampleId("ghost"), name: sample("見知らぬ 人", "Unknown person") }),
  })),
  state("signed-as-another", () => ({
    state: withHolders({ name: sample("大場 周一郎", "Oba Shuichiro") }),
  })),
  state("not-marked", () => ({ unmarked: true })),
  state("marked", () => ({
    step: "marked",
    state: sampleKeysState({
      holders: holders().map((one) => ({ ...one, trust: "checked" as const })),
    }),
  })),
  state("differs", () => ({ step: "differs" })),
  state("differs-after-change", () => ({
    step: "differs",
    mayStop: false,
    held: joined(),
    state: sampleKeysState({ holders: holders(), code: later(["大庭 修一郎"]) }),
  })),
  state("not-stopped", () => ({
    step: "differs",
    stopping: { busy: false, problem: "unreachable" },
  })),
  state("waiting", () => ({ state: sampleKeysState({ phase: "waiting", code: null }) })),
  state("broken", () => ({
    state: sampleKeysState({ phase: "broken", alarms: ["forked"], holders: holders() }),
  })),
];
