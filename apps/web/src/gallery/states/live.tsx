import { useState, type ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { StableList } from "../../ui/stable-list.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { sample } from "../sample.ts";
import type { GalleryState } from "../state.ts";
import { Sheet } from "./controls.tsx";

interface Row {
  readonly id: string;
  readonly settled: boolean;
}

/** Driven by the test: requests arrive and are decided while somebody presses. */
function LiveList(): ReactNode {
  const [rows, setRows] = useState<readonly Row[]>(["a", "b", "c"].map((id) => ({ id, settled: false })));
  const [pressed, setPressed] = useState("");
  const arrive = () =>
    setRows((now) => [
      ...now,
      ...Array.from({ length: 20 }, (_, n) => ({ id: `n${now.length + n}`, settled: false })),
    ]);
  return (
    <Sheet title={sample("待機室", "Waiting room")}>
      <StableList
        label={sample("待機室", "Waiting room")}
        className="gallery-box"
        items={rows}
        renderRow={(row, press) => (
          <div style={{ display: "flex", gap: 12, alignItems: "center", minBlockSize: 72 }}>
            <PersonName name={row.id} />
            {row.settled ? (
              sample("許可", "Admitted")
            ) : (
              <Button {...press(() => setPressed(row.id))}>
                {sample(`${row.id} を確認する`, `Check ${row.id}`)}
              </Button>
            )}
          </div>
        )}
      />
      <output aria-label="pressed">{pressed}</output>
      <Button data-do="arrive" onClick={arrive}>
        {sample("20 件届く", "20 arrive")}
      </Button>
      <Button data-do="decide" onClick={() => setRows((now) => now.filter((row) => row.id !== "a"))}>
        {sample("a が決まる", "a is decided")}
      </Button>
    </Sheet>
  );
}

function LiveForm(): ReactNode {
  const [name, setName] = useState("");
  const [sent, setSent] = useState(0);
  const [asking, setAsking] = useState(false);
  return (
    <Sheet title={sample("入力", "Input")}>
      <Form onSubmit={() => setSent((times) => times + 1)}>
        <TextField label={sample("氏名", "Name")} value={name} onChange={setName} />
      </Form>
      <output aria-label="sent">{sent}</output>
      <Button data-do="ask" onClick={() => setAsking(true)}>
        {sample("尋ねる", "Ask")}
      </Button>
      {asking && (
        <Dialog
          title={sample("三枝 小百合さんを強制退室させますか", "Remove 三枝 小百合?")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button data-focus onClick={() => setAsking(false)}>
                {sample("キャンセル", "Cancel")}
              </Button>
              <Button kind="danger">{sample("強制退室させる", "Remove")}</Button>
            </>
          }
        />
      )}
    </Sheet>
  );
}

export const states: readonly GalleryState[] = [
  { id: "ui/live-list", render: () => <LiveList /> },
  { id: "ui/live-form", render: () => <LiveForm /> },
];
