import type { Registrant, RegistrationManager } from "@sekisho/contract";
import { Frame } from "../../app-shell/frame.tsx";
import { sample } from "../../gallery/sample.ts";
import type { GalleryState } from "../../gallery/state.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { draftOf } from "./form-draft.ts";
import type { FormEditorProps } from "./form-editor.tsx";
import { Outcome } from "./import-dialog.tsx";
import { RegistrationsView, type RegistrationsViewProps } from "./registrations-view.tsx";

const nothing = () => undefined;
const at = Date.UTC(2026, 10, 20, 3, 0);

function manager(change: Partial<RegistrationManager> = {}): RegistrationManager {
  return {
    on: true,
    url: "https://meet.midorino.example/r/Qm3x8Zt1Yw0pLd5uVn7kRg",
    settings: {
      questions: [
        { id: "q1", kind: "short", label: sample("役職", "Position"), required: true, options: [] },
        {
          ...{ id: "q2", kind: "choice", label: sample("希望する回", "Which session"), required: false },
          options: [sample("午前の部", "Morning"), sample("午後の部", "Afternoon")],
        },
      ],
      ...{ opensAt: null, closesAt: null, capacity: 40, waitingList: true },
      ...{ approval: "domains", domains: ["tokiwagi.example"], note: "" },
    },
    version: 3,
    counts: { pending: 1, registered: 38, waitlisted: 0, gone: 2 },
    keptDays: 30,
    passcodeNeeded: false,
    ...change,
  };
}

function person(id: number, change: Partial<Registrant>): Registrant {
  return {
    ...{ id: `00000000-0000-4000-8000-00000000000${id}`, state: "registered", source: "form", locale: "ja" },
    ...{ name: "大庭 修一郎", organisation: "常磐木製作所", email: "ohba@tokiwagi.example" },
    ...{ answers: [{ label: sample("役職", "Position"), text: sample("部長", "Director") }] },
    ...{ registeredAt: at, opened: true },
    ...change,
  };
}

const rows = (): readonly Registrant[] => [
  person(1, {}),
  person(2, {
    ...{ name: "勅使河原 万里江", organisation: "山吹台大学附属病院 経営企画室", state: "pending" },
    ...{ email: "marie.teshigawara@daigaku-byoin.yamabukidai.example", answers: [] },
  }),
  person(3, { name: "三枝 小百合", organisation: "", email: "saegusa@hinoki.example", state: "waitlisted" }),
  person(4, {
    name: "Ken Tanaka",
    organisation: "Hinoki Law",
    email: "ken@hinoki.example",
    state: "cancelled",
  }),
];

function state(
  id: string,
  change: () => Partial<RegistrationsViewProps> & { form?: Partial<FormEditorProps> },
): GalleryState {
  return {
    id: `registrations/${id}`,
    words: ["registrations", "account", "shell"],
    render: () => {
      const { form, ...rest } = change();
      const shown = rest.manager ?? manager();
      return (
        <Frame
          name={sample("桐生 真帆", "Maho Kiryu")}
          organisation={sample("みどり野銀行", "Midorino Bank")}
          isAdmin={false}
          area="meetings"
        >
          <RegistrationsView
            meetingId="m"
            manager={shown}
            editor={{
              ...{ draft: draftOf(shown.settings), changed: false, tried: false, saving: false },
              ...{ onChange: nothing, onSave: nothing, onDiscard: nothing },
              ...form,
            }}
            filter="all"
            onFilter={nothing}
            rows={rows()}
            more={false}
            onMore={nothing}
            busy={null}
            problem={undefined}
            onDecide={nothing}
            onImport={() => Promise.resolve({ added: 0, problems: [] })}
            {...rest}
          />
        </Frame>
      );
    },
  };
}

export const states: readonly GalleryState[] = [
  state("list", () => ({ more: true })),
  state("empty", () => ({
    rows: [],
    manager: manager({ counts: { pending: 0, registered: 0, waitlisted: 0, gone: 0 }, passcodeNeeded: true }),
  })),
  state("off", () => ({ manager: manager({ on: false }) })),
  state("deciding", () => ({ busy: "00000000-0000-4000-8000-000000000002" })),
  state("problem", () => ({ problem: sample("満席です。", "All places are taken.") })),
  state("fix", () => ({
    form: {
      ...{ changed: true, tried: true },
      draft: {
        ...draftOf(manager().settings),
        ...{ capacity: "0", domains: "", opensAt: "2026-11-20T09:00", closesAt: "2026-11-19T09:00" },
        questions: [
          { id: "q1", kind: "choice", label: "", required: false, options: [sample("午前", "Morning")] },
        ],
      },
    },
  })),
  state("ask-remove", () => ({ initialAsking: { row: person(1, {}), decision: "remove" } })),
  state("import", () => ({ initialImport: true })),
  {
    id: "registrations/imported",
    words: ["registrations"],
    render: () => (
      <Dialog title={sample("CSV から登録する", "Register from CSV")} onClose={nothing}>
        <Outcome
          result={{
            added: 36,
            problems: [
              { line: 4, problem: "name" },
              { line: 9, problem: "email" },
              { line: 12, problem: "known" },
              { line: 40, problem: "full" },
              { line: 41, problem: "columns" },
            ],
          }}
        />
      </Dialog>
    ),
  },
];
