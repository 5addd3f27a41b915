import Disc from "lucide-react/icons/disc";
import LockKeyhole from "lucide-react/icons/lock-keyhole";
import LockOpen from "lucide-react/icons/lock-open";
import MapPin from "lucide-react/icons/map-pin";
import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import CircleCheck from "lucide-react/icons/circle-check";
import DoorClosed from "lucide-react/icons/door-closed";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import { useEffect, type ReactNode } from "react";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { IdentityBadge } from "../../ui/identity-badge.tsx";
import { Menu } from "../../ui/menu.tsx";
import { NamedConfirm } from "../../ui/named-confirm.tsx";
import { Note } from "../../ui/note.tsx";
import { Avatar, PersonName } from "../../ui/person-name.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Progress } from "../../ui/progress.tsx";
import { SecurityBar } from "../../ui/security-bar.tsx";
import { SettingGroup, SettingRow } from "../../ui/setting-row.tsx";
import { StableList } from "../../ui/stable-list.tsx";
import { toast, Toasts } from "../../ui/toast.tsx";
import { TwoChannel } from "../../ui/two-channel.tsx";
import { sample } from "../sample.ts";
import type { GalleryState } from "../state.ts";
import { Sheet } from "./controls.tsx";

const nothing = () => undefined;
const LONG_NAME = "勅使河原万里江勅使河原万里江勅使河原万里江勅使河原万里江勅使河原";
const LONG_PLACE = "山吹台大学附属病院経営企画室山吹台大学附属病院経営企画室山吹台大学附属病院経営";
const at = Date.UTC(2026, 10, 24, 7, 0);

function People(): ReactNode {
  return (
    <Sheet title={sample("名前", "Names")}>
      <PersonName name="勅使河原 万里江" affiliation="山吹台大学附属病院" />
      <PersonName name={LONG_NAME} affiliation={LONG_PLACE} />
      <div style={{ display: "flex", maxInlineSize: 280 }}>
        <PersonName name="勅使河原 万里江" affiliation={LONG_PLACE} fit="short" />
      </div>
      <div style={{ display: "flex", maxInlineSize: 280 }}>
        <PersonName name={LONG_NAME} affiliation={LONG_PLACE} fit="short" layout="stacked" />
      </div>
      <div>
        <Avatar name="三枝 小百合" />
      </div>
      <div>
        <IdentityBadge verified label={sample("確認済み（コード）", "Verified (code)")} />{" "}
        <IdentityBadge verified={false} label={sample("未確認", "Not verified")} />
      </div>
      <p>
        <DateText
          from={at}
          to={at + 3_600_000}
          zone="Europe/Berlin"
          otherLine={(time) => sample(`会議の時刻：${time}`, `Time of the meeting: ${time}`)}
        />
      </p>
      <NamedConfirm
        subject="a1"
        label={sample("勅使河原 万里江さんの入室を許可", "Admit 勅使河原 万里江")}
        onConfirm={nothing}
      />
      <NamedConfirm
        subject="a2"
        label={sample(`${LONG_NAME}さんの入室を許可`, `Admit ${LONG_NAME}`)}
        onConfirm={nothing}
      />
      <FactList
        layout="columns"
        facts={[
          {
            id: "1",
            icon: <CircleCheck />,
            tone: "ok",
            text: sample("強制退室が動きます", "Removal works"),
            note: sample("15:47 に試しました", "Tested at 15:47"),
          },
          {
            id: "2",
            icon: <MapPin />,
            text: sample("メディアサーバーは東京", "Media server in Tokyo"),
            note: sample("15:47 の応答", "Answered at 15:47"),
          },
          {
            id: "3",
            icon: <CircleQuestionMark />,
            tone: "warn",
            text: sample("1 名が説明に同意していません", "1 has not agreed"),
          },
        ]}
      />
      <Progress
        label={sample("移しています", "Moving")}
        value={0.62}
        detail={sample("412 MB のうち 255 MB・あと約 20 秒", "255 of 412 MB, about 20 s left")}
      />
    </Sheet>
  );
}

function Bar({ tone }: { tone: "plain" | "warn" | "danger" }): ReactNode {
  return (
    <main>
      <h1 className="sr-only">{sample("会議", "Meeting")}</h1>
      <SecurityBar
        label={sample("この会議の状態", "State of this meeting")}
        level="low"
        levelText={sample("機密性 低", "Confidentiality: low")}
        levelDetail={sample("講習会・説明会など", "Courses and briefings")}
        topic={sample("資産運用の説明会", "Asset management briefing")}
        items={[
          {
            id: "encryption",
            icon: <LockKeyhole />,
            text: sample("通信を暗号化：サーバーは復号できます", "Encrypted in transit: server can decrypt"),
            shortText: sample("通信を暗号化", "In transit"),
            detail: "…",
          },
          {
            id: "lock",
            icon: <LockOpen />,
            text: sample("ロックしていません", "Not locked"),
            shortText: sample("ロックなし", "Not locked"),
            detail: "…",
          },
          {
            id: "recording",
            icon: <Disc />,
            tone: tone === "danger" ? "danger" : "plain",
            text: sample("録画なし", "No recording"),
            shortText: sample("録画なし", "No recording"),
            detail: "…",
          },
          {
            id: "region",
            inFirstRow: true,
            icon: <MapPin />,
            text: sample("国内（東京）", "Japan (Tokyo)"),
            shortText: sample("東京", "Tokyo"),
            detail: "…",
          },
          {
            id: "verified",
            icon: <CircleQuestionMark />,
            tone: tone === "plain" ? "plain" : "warn",
            text: sample("未確認 1 名", "1 not verified"),
            shortText: sample("未確認 1", "1 unverified"),
            detail: "…",
          },
        ]}
      />
      <Banner
        tone={tone === "plain" ? "info" : tone}
        icon={<CircleQuestionMark />}
        action={<Button size="small">{sample("再開", "Resume")}</Button>}
      >
        {sample(
          "主催者が一時停止しました。映像・音声・チャット・共有は止まっています。",
          "The host has paused the meeting. Video, sound, chat and sharing are off.",
        )}
      </Banner>
    </main>
  );
}

function Tables(): ReactNode {
  const rows = [
    { name: "大庭 修一郎", place: "常磐木製作所", link: sample("メール 11月22日", "Mail 22 November") },
    { name: "三枝 小百合", place: "常磐木製作所", link: sample("未送信", "Not sent") },
  ];
  return (
    <Sheet title={sample("表", "Tables")}>
      <DataTable
        label={sample("招待した人", "Invited")}
        rows={rows}
        rowId={(row) => row.name}
        columns={[
          {
            id: "name",
            label: sample("氏名（所属）", "Name"),
            cell: (row) => <PersonName name={row.name} affiliation={row.place} layout="stacked" />,
          },
          { id: "link", label: sample("リンク", "Link"), cell: (row) => row.link },
          {
            id: "action",
            label: sample("操作", "Action"),
            quietLabel: true,
            cell: () => <Button size="small">{sample("送る", "Send")}</Button>,
          },
        ]}
      />
      <SettingGroup
        icon={<SlidersHorizontal />}
        title={sample("会議の初期値", "Meeting defaults")}
        columns={[
          sample("設定", "Setting"),
          sample("いまの値", "Value"),
          sample("決めているもの", "Decided by"),
          sample("操作", "Action"),
        ]}
      >
        <SettingRow
          label={sample("待機室を有効化", "Waiting room")}
          hint={sample("参加者は、許可されるまで待ちます。", "People wait to be admitted.")}
          value={sample("オン", "On")}
          source={<FixedBy>{sample("組織が固定", "Fixed by organisation")}</FixedBy>}
          action={sample("変えられません", "Cannot be changed")}
        />
        <SettingRow
          label={sample("エントリー時に参加者をミュート", "Mute on entry")}
          value={sample("オン", "On")}
          source={sample("自分", "You")}
          action={
            <Switch
              on
              label={sample("エントリー時に参加者をミュート", "Mute on entry")}
              valueText={sample("オン", "On")}
              onChange={nothing}
            />
          }
          changed={sample("11月20日(金) 自分で「オフ」から変更", "Fri 20 November: changed by you from Off")}
        />
      </SettingGroup>
      <TwoChannel
        first={{
          title: sample("招待リンク", "Invitation link"),
          body: <Note>https://meet.midorino.example/m/7qV0</Note>,
        }}
        second={{
          title: sample("会議パスコード", "Passcode"),
          body: <Note>••••-••••-••</Note>,
          note: sample("表示したことは記録されます", "Showing it is recorded"),
        }}
      />
      <EmptyState icon={<DoorClosed />} text={sample("待っている人はいません", "Nobody is waiting")} />
    </Sheet>
  );
}

function Stable(): ReactNode {
  const items = ["常盤 健", "勅使河原 万里江", "三枝 小百合"].map((name, index) => ({
    id: `p${index}`,
    name,
    settled: index === 0,
  }));
  return (
    <Sheet title={sample("待機室", "Waiting room")}>
      <StableList
        label={sample("待機室", "Waiting room")}
        items={items}
        renderRow={(row, press) => (
          <div style={{ display: "flex", alignItems: "center", gap: 12, minBlockSize: 72 }}>
            <Avatar name={row.item.name} />
            <div style={{ flex: 1 }}>
              <PersonName name={row.item.name} affiliation="常磐木製作所" layout="stacked" />
            </div>
            {row.settled ? (
              sample("許可", "Admitted")
            ) : (
              <Button {...press(nothing)}>{sample("確認する", "Check")}</Button>
            )}
          </div>
        )}
      />
      <div>
        <Popover
          label={sample("くわしく", "Details")}
          trigger={(props) => <Button {...props}>{sample("くわしく", "Details")}</Button>}
        >
          <p>{sample("15:47 に確かめました", "Tested at 15:47")}</p>
        </Popover>
        <Menu
          label={sample("操作", "Actions")}
          align="start"
          trigger={(props) => <Button {...props}>{sample("操作", "Actions")}</Button>}
          items={[
            { id: "mute", label: sample("ミュートする", "Mute"), onSelect: nothing },
            { id: "remove", label: sample("強制退室…", "Remove…"), danger: true, onSelect: nothing },
          ]}
        />
      </div>
    </Sheet>
  );
}

function DialogState({ destructive }: { destructive: boolean }): ReactNode {
  return (
    <main>
      <h1 className="sr-only">{sample("会議", "Meeting")}</h1>
      <Dialog
        closable={!destructive}
        title={
          destructive
            ? sample("三枝 小百合さんを強制退室させますか", "Remove 三枝 小百合?")
            : sample("電話で読み上げる", "Read out by telephone")
        }
        onClose={nothing}
        actions={
          destructive ? (
            <>
              <Button data-focus>{sample("キャンセル", "Cancel")}</Button>
              <Button kind="danger">{sample("強制退室させる", "Remove")}</Button>
            </>
          ) : undefined
        }
      >
        <p>
          {sample(
            "映像と音声は、すぐに止まります。この会議には、別の名前や別の端末でも入れなくなります。",
            "Their video and sound stop at once. They cannot come back to this meeting, under another name or from another device.",
          )}
        </p>
      </Dialog>
    </main>
  );
}

function ToastState(): ReactNode {
  useEffect(() => {
    toast(sample("保存しました", "Saved"), nothing);
    toast(sample("リンクをコピーしました", "Link copied"));
  }, []);
  return (
    <Sheet title={sample("知らせ", "Toasts")}>
      <Toasts />
    </Sheet>
  );
}

export const states: readonly GalleryState[] = [
  { id: "ui/people", render: () => <People /> },
  { id: "ui/bar", render: () => <Bar tone="plain" /> },
  { id: "ui/bar-warn", render: () => <Bar tone="warn" /> },
  { id: "ui/bar-danger", render: () => <Bar tone="danger" /> },
  { id: "ui/tables", render: () => <Tables /> },
  { id: "ui/stable-list", render: () => <Stable /> },
  { id: "ui/dialog", render: () => <DialogState destructive={false} /> },
  { id: "ui/dialog-destructive", render: () => <DialogState destructive /> },
  { id: "ui/toast", render: () => <ToastState /> },
];
