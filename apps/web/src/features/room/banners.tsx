import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import Info from "lucide-react/icons/info";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { left, useNow } from "../../meeting-shell/clock.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import type { BannerAct, RoomBanner } from "./room-banners.ts";

export interface BannersProps {
  banners: readonly RoomBanner[];
  clockAhead: number;
  onAct: (act: BannerAct, banner: RoomBanner) => void;
}

export function Banners({ banners, clockAhead, onAct }: BannersProps): ReactNode {
  return banners.map((banner) => (
    <OneBanner key={banner.id} banner={banner} clockAhead={clockAhead} onAct={onAct} />
  ));
}

const actKeys = {
  resume: "banner.resume",
  standIn: "banner.standIn",
  lock: "banner.lock",
  stopShare: "share.on",
  unmute: "banner.unmute",
  dismiss: "banner.dismiss",
  update: "banner.updateNow",
  leave: "leave",
  safetyCode: "safetyCode",
} as const;

function OneBanner({
  banner,
  clockAhead,
  onAct,
}: Omit<BannersProps, "banners"> & { banner: RoomBanner }): ReactNode {
  const t = useWords("room");
  const live = useWords("live");
  const label = (act: BannerAct) => {
    if (act === "retry") return live("retry");
    if (banner.id === "update" && act === "dismiss") return t("banner.updateAfter");
    return banner.key === "banner.askUnmute" && act === "dismiss" ? t("banner.later") : t(actKeys[act]);
  };
  return (
    <Banner
      tone={banner.tone}
      // What is wrong with the keys is read out at once.
      role={banner.id.startsWith("keys.") ? "alert" : "status"}
      icon={banner.tone === "info" ? <Info /> : <CircleExclamationPoint />}
      action={banner.acts.map((act) => (
        <Button key={act} size="small" onClick={() => onAct(act, banner)}>
          {label(act)}
        </Button>
      ))}
    >
      <BannerText banner={banner} clockAhead={clockAhead} />
    </Banner>
  );
}

function BannerText({ banner, clockAhead }: { banner: RoomBanner; clockAhead: number }): ReactNode {
  const t = useWords("room");
  const now = useNow(1000, clockAhead);
  const params: Record<string, string | number> = { ...banner.params };
  const until = params["until"];
  const reasonKey = params["reasonKey"];
  if (typeof until === "number") params["wait"] = left(until - now);
  if (typeof reasonKey === "string") params["reason"] = t.maybe(reasonKey) ?? "";
  return t.maybe(banner.key, params);
}
