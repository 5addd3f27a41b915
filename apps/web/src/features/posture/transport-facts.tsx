import FileCheck from "lucide-react/icons/file-check";
import LockKeyhole from "lucide-react/icons/lock-keyhole";
import ShieldCheck from "lucide-react/icons/shield-check";
import ShieldOff from "lucide-react/icons/shield-off";
import type { Posture } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords, type Words } from "../../i18n/words.ts";
import { algorithms, cryptrecList, listedSuite, suiteNames } from "../../keys/listed.ts";
import { DateText } from "../../ui/date-text.tsx";
import { FactList, type Fact } from "../../ui/fact-list.tsx";
import { Card } from "../../ui/page.tsx";

/** ENC-6: what was negotiated for this page, what meetings are encrypted with, and the list that is held against it. */
export function TransportFacts({ transport }: { transport: Posture["transport"] }): ReactNode {
  const t = useWords("posture");
  return (
    <Card>
      <FactList facts={[tlsFact(t, transport), endToEndFact(t, transport.e2ee), listFact(t)]} />
    </Card>
  );
}

function tlsFact(t: Words<"posture">, { via, tls, profile, at }: Posture["transport"]): Fact {
  return {
    id: "tls",
    icon: <LockKeyhole />,
    tone: via === "direct" ? "plain" : "warn",
    text: tls === null ? t(`tls.${via === "proxy" ? "proxy" : "plain"}`) : <Standard>{tls}</Standard>,
    note: (
      <>
        {tls !== null && <>{t(`listed.${listedSuite(tls)}`)} </>}
        {profile !== null && <>{t(`profile.${profile}`)} </>}
        <DateText from={at} />
      </>
    ),
  };
}

function endToEndFact(t: Words<"posture">, available: boolean): Fact {
  if (!available) return { id: "e2ee", icon: <ShieldOff />, tone: "warn", text: t("e2ee.off") };
  return {
    id: "e2ee",
    icon: <ShieldCheck />,
    text: t("e2ee.on"),
    note: (
      <>
        {(["p256", "p384"] as const).map((suite) => (
          <span key={suite} style={{ display: "block" }}>
            <Standard>{suiteNames[suite]}</Standard>
            {t("colon")}
            <Standard>{algorithms[suite].map(({ name }) => name).join(", ")}</Standard>
          </span>
        ))}
      </>
    ),
  };
}

function listFact(t: Words<"posture">): Fact {
  const { number, date, url } = cryptrecList;
  return {
    id: "list",
    icon: <FileCheck />,
    text: t("list", { number, date }),
    note: (
      <a href={url} target="_blank" rel="noreferrer">
        {url}
      </a>
    ),
  };
}

function Standard({ children }: { children: string }): ReactNode {
  return <bdi lang="en">{children}</bdi>;
}
