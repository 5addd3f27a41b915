import RefreshCw from "lucide-react/icons/refresh-cw";
import { useState, type ReactNode } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { Switch } from "../../ui/switch.tsx";
import { ClassBadge } from "../../ui/class-badge.tsx";
import { ClassCards } from "../../ui/class-cards.tsx";
import { CodeInput } from "../../ui/code-input.tsx";
import { FieldBox, Fields } from "../../ui/field.tsx";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { Badge, Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { GalleryState } from "../state.ts";
import { sample } from "../sample.ts";

const nothing = () => undefined;

function Buttons(): ReactNode {
  return (
    <Sheet title={sample("ボタン", "Buttons")}>
      <Row>
        <Button kind="primary" size="large">
          {sample("会議を始める", "Start meeting")}
        </Button>
        <Button kind="primary">{sample("保存する", "Save")}</Button>
        <Button>{sample("編集", "Edit")}</Button>
        <Button kind="quiet" icon={<RefreshCw />}>
          {sample("変更", "Change")}
        </Button>
        <Button kind="danger">{sample("強制退室させる", "Remove")}</Button>
        <Button kind="danger-quiet">{sample("入室を拒否", "Deny")}</Button>
        <Button size="small">{sample("確認する", "Check")}</Button>
        <IconButton label={sample("閉じる", "Close")}>
          <RefreshCw />
        </IconButton>
      </Row>
      <Row>
        <Button kind="primary" busy={sample("保存しています…", "Saving…")}>
          {sample("保存する", "Save")}
        </Button>
        <Button unavailable>{sample("画面共有", "Share screen")}</Button>
      </Row>
      <Row>
        <ClassBadge level="high" label={sample("機密性 高", "High")} />
        <ClassBadge level="medium" label={sample("機密性 中", "Medium")} />
        <ClassBadge level="low" label={sample("機密性 低", "Low")} />
        <Badge tone="ok">{sample("送信済み", "Sent")}</Badge>
        <Badge tone="warn">{sample("1 名に未送信", "1 not sent")}</Badge>
        <Badge tone="info">{sample("主催者", "Host")}</Badge>
        <Badge tone="danger">{sample("中止", "Cancelled")}</Badge>
        <Badge>{sample("確認担当者", "Verifier")}</Badge>
      </Row>
      <Note title={sample("お知らせ", "Note")}>
        {sample("このあと待機室に入ります。", "You enter the waiting room next.")}
      </Note>
      <Note tone="info">{sample("16:05 ごろにお呼びします。", "We call you at about 16:05.")}</Note>
      <Note tone="warn">{sample("確認担当者がいません", "The verifier is not here")}</Note>
      <Note tone="ok">{sample("つながっています", "Connected")}</Note>
      <Note
        tone="danger"
        title={sample("いっしょには選べません。", "These do not go together.")}
        actions={<Button size="small">{sample("待機室を有効にする", "Turn the waiting room on")}</Button>}
      >
        {sample("どちらかを選んでください。", "Choose one of them.")}
      </Note>
    </Sheet>
  );
}

function FieldsState({ wrong }: { wrong: boolean }): ReactNode {
  const error = wrong ? sample("入力してください。", "Enter something.") : undefined;
  return (
    <Sheet title={sample("入力欄", "Fields")}>
      <Fields side>
        <TextField
          label={sample("トピック", "Topic")}
          required
          error={error}
          value=""
          onChange={nothing}
          hint={sample("200 文字まで", "Up to 200 characters")}
        />
        <PasswordField
          label={sample("パスワード", "Password")}
          error={error}
          value="kamogawa-no-asa"
          onChange={nothing}
        />
        <TextArea
          label={sample("説明", "Description")}
          error={error}
          value={sample("資料は前日に送ります。", "Papers are sent the day before.")}
          onChange={nothing}
        />
        <CodeState error={error} />
        <SelectField
          label={sample("タイムゾーン", "Time zone")}
          error={error}
          value="tokyo"
          options={[
            { value: "tokyo", label: sample("大阪、札幌、東京（JST）", "Osaka, Sapporo, Tokyo (JST)") },
            { value: "utc", label: "UTC" },
          ]}
          onChange={nothing}
        />
        <FieldBox group label={sample("会議ID", "Meeting number")} error={error}>
          {() => (
            <Radios
              label={sample("会議ID", "Meeting number")}
              value="automatic"
              options={[
                { value: "automatic", label: sample("自動的に生成", "Automatic") },
                { value: "personal", label: sample("個人会議ID", "Personal") },
              ]}
              onChange={nothing}
            />
          )}
        </FieldBox>
      </Fields>
      <Card>
        <Checkbox
          checked
          onChange={nothing}
          fixedBy={<FixedBy>{sample("機密性 高で固定", "Fixed by confidentiality: high")}</FixedBy>}
        >
          {sample("待機室を有効化", "Enable waiting room")}
        </Checkbox>
        <Checkbox
          checked={false}
          onChange={nothing}
          fixedBy={<FixedBy>{sample("組織が固定", "Fixed by your organisation")}</FixedBy>}
        >
          {sample("ホストより前の参加を有効にする", "Allow join before host")}
        </Checkbox>
        <Checkbox
          checked
          onChange={nothing}
          hint={sample("参加者は、マイクを切って入ります。", "People enter with the microphone off.")}
        >
          {sample("エントリー時に参加者をミュート", "Mute participants on entry")}
        </Checkbox>
        <Checkbox checked={false} onChange={nothing} error={wrong}>
          {sample("同意します", "I agree")}
        </Checkbox>
        <Switch
          on
          label={sample("近道キー", "Shortcuts")}
          showLabel
          valueText={sample("オン", "On")}
          onChange={nothing}
        />
        <Switch
          on={false}
          label={sample("音", "Sound")}
          showLabel
          valueText={sample("オフ", "Off")}
          onChange={nothing}
        />
      </Card>
      <Radios
        cards
        label={sample("待っている人", "People waiting")}
        value="keep"
        options={[
          {
            value: "keep",
            label: sample("待機させたままにする", "Keep them waiting"),
            hint: sample("これから来る人だけが、そのまま入れます。", "Only those who come now enter freely."),
          },
          { value: "admit", label: sample("3 名とも許可する", "Admit all 3") },
          {
            value: "no",
            label: sample("全員を許可する", "Admit all"),
            refused: sample("機密性 高では使えません", "Not at high"),
          },
        ]}
        onChange={nothing}
      />
    </Sheet>
  );
}

function CodeState({ error }: { error: string | undefined }): ReactNode {
  const [code, setCode] = useState("KH4T9WRM3X");
  return (
    <CodeInput label={sample("会議パスコード", "Passcode")} error={error} value={code} onChange={setCode} />
  );
}

function Choices(): ReactNode {
  const cards = [
    {
      level: "high",
      name: sample("高", "High"),
      use: sample("経営・顧客の情報など", "Management or customer information"),
      consequences: [
        sample("エンドツーエンド暗号化", "End-to-end encryption"),
        sample("声と顔で本人確認", "Voice and face checked"),
      ],
      refused: sample("このサーバーでは使えません。", "Not on this server."),
    },
    {
      level: "medium",
      name: sample("中", "Medium"),
      use: sample("社外秘の打ち合わせ", "Internal discussions"),
      consequences: [
        sample("通信を暗号化", "Encrypted in transit"),
        sample("担当者が本人確認", "A verifier checks people"),
      ],
    },
    {
      level: "low",
      name: sample("低", "Low"),
      use: sample("講習会・説明会など", "Courses and briefings"),
      consequences: [
        sample("通信を暗号化", "Encrypted in transit"),
        sample("すべての機能が使える", "All features"),
      ],
    },
  ] as const;
  return (
    <Sheet title={sample("選ぶもの", "Choices")}>
      <ClassCards
        label={sample("機密性", "Confidentiality")}
        value="medium"
        cards={cards}
        onChange={nothing}
      />
      <Tabs
        label={sample("会議", "Meetings")}
        tabs={[
          { id: "upcoming", label: sample("これから", "Upcoming") },
          { id: "past", label: sample("終わった会議", "Past") },
        ]}
        value="upcoming"
        onChange={nothing}
      >
        <p>{sample("予定はありません", "No meetings planned")}</p>
      </Tabs>
    </Sheet>
  );
}

export function Sheet({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <main style={{ padding: 16, maxInlineSize: 860 }}>
      <h1 style={{ font: "var(--title)", marginBlockEnd: 16 }}>{title}</h1>
      <Stack gap="field">{children}</Stack>
    </main>
  );
}

function Row({ children }: { children: ReactNode }): ReactNode {
  return <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>{children}</div>;
}

export const states: readonly GalleryState[] = [
  { id: "ui/buttons", render: () => <Buttons /> },
  { id: "ui/fields", render: () => <FieldsState wrong={false} /> },
  { id: "ui/fields-wrong", render: () => <FieldsState wrong /> },
  { id: "ui/choices", render: () => <Choices /> },
];
