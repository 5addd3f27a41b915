import AudioLines from "lucide-react/icons/audio-lines";
import BadgeCheck from "lucide-react/icons/badge-check";
import CircleOff from "lucide-react/icons/circle-off";
import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import Lock from "lucide-react/icons/lock";
import LockKeyhole from "lucide-react/icons/lock-keyhole";
import LockOpen from "lucide-react/icons/lock-open";
import MapPin from "lucide-react/icons/map-pin";
import ShieldAlert from "lucide-react/icons/shield-alert";
import ShieldCheck from "lucide-react/icons/shield-check";
import type { RoomMeta } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { useKeysState } from "../../keys/keys-context.ts";
import type { KeysState } from "../../keys/keys-state.ts";
import { placeName } from "../../meeting-shell/place.ts";
import { Button } from "../../ui/button.tsx";
import { formatTime } from "../../ui/date-format.ts";
import { useUiLocale, type UiLocale } from "../../ui/locale.ts";
import { SecurityBar, type SecurityItem } from "../../ui/security-bar.tsx";
import type { MediaTransport } from "../../media/transport.ts";
import { EncryptionDetail } from "./encryption-detail.tsx";
import { barItems, type BarItem } from "./bar-items.ts";
import { useTransport } from "./use-transport.ts";

export interface RoomBarProps {
  meta: RoomMeta;
  fresh: boolean;
  /** null where the meeting has no safety code. */
  onSafetyCode: (() => void) | null;
}

export function RoomBar({ meta, fresh, onSafetyCode }: RoomBarProps): ReactNode {
  const t = useWords("room");
  const locale = useUiLocale();
  const unknown = t("checking");
  const transport = useTransport();
  const keys = useKeysState();
  return (
    <SecurityBar
      label={t("bar")}
      level={fresh ? meta.confidentiality : null}
      levelText={fresh ? t(`class.${meta.confidentiality}`) : unknown}
      levelDetail={
        <>
          <p>{t(`class.detail.${meta.confidentiality}`)}</p>
          <p>{t("class.fixed")}</p>
        </>
      }
      topic={meta.topic === "" ? undefined : meta.topic}
      items={barItems(meta, fresh, transport, keys).map((item) =>
        drawn(item, { t, unknown, locale, transport, keys }),
      )}
      action={
        onSafetyCode !== null && (
          <Button size="small" icon={<AudioLines />} onClick={onSafetyCode}>
            {t("safetyCode")}
          </Button>
        )
      }
    />
  );
}

type Context = {
  readonly t: ReturnType<typeof useWords<"room">>;
  readonly unknown: string;
  readonly locale: UiLocale;
  readonly transport: MediaTransport | null;
  readonly keys: KeysState | null;
};

function drawn(item: BarItem, { t, unknown, locale, transport, keys }: Context): SecurityItem {
  const { id, tone } = item;
  const inFirstRow = id === "region";
  if (item.key === null)
    return {
      id,
      tone,
      inFirstRow,
      icon: iconOf(item),
      text: unknown,
      shortText: t("checking.short"),
      detail: <p>{unknown}</p>,
    };
  const params = inWords(item.params, locale);
  const text = t.maybe(item.key, params) ?? "";
  return {
    id,
    tone,
    inFirstRow,
    icon: iconOf(item),
    text,
    shortText: t.maybe(`${item.key}.short`, params) ?? text,
    detail: (
      <>
        <p>
          <strong>{text}</strong>
        </p>
        <p>{t.maybe(`${item.key}.detail`, params)}</p>
        {id === "encryption" && <EncryptionDetail transport={transport} keys={keys} />}
      </>
    ),
  };
}

function inWords(params: BarItem["params"], locale: UiLocale) {
  const { at, country, label } = params;
  if (typeof country === "string" && typeof label === "string")
    return { ...params, place: placeName({ country, label }, locale.lang) };
  return typeof at === "number" ? { ...params, time: formatTime(at, locale) } : params;
}

function iconOf({ id, key }: BarItem): ReactNode {
  switch (id) {
    case "encryption":
      if (key === "encryption.transport") return <LockKeyhole />;
      return key === "encryption.e2ee" ? <ShieldCheck /> : <ShieldAlert />;
    case "lock":
      return key === "lock.on" ? <Lock /> : <LockOpen />;
    case "recording":
      return <CircleOff />;
    case "region":
      return <MapPin />;
    case "verified":
      return key === "verified.some" ? <CircleQuestionMark /> : <BadgeCheck />;
  }
}
