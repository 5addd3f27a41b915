import Clock from "lucide-react/icons/clock";
import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import KeyRound from "lucide-react/icons/key-round";
import Link2 from "lucide-react/icons/link-2";
import Search from "lucide-react/icons/search";
import type { FeedKind, FeedView, Posture } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords, type Words } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FactList, type Fact } from "../../ui/fact-list.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import type { Asked } from "./posture-view.tsx";
import styles from "./posture.module.css";

export interface FeedFactsProps {
  kind: FeedKind;
  posture: Posture;
  checking: FeedKind | undefined;
  onAsk: (asked: Asked) => void;
  onCheck: (kind: FeedKind) => void;
}

/** Which list is read, and how that went. Off until somebody names one, and it says so (DAT-5). */
export function FeedFacts({ kind, posture, checking, onAsk, onCheck }: FeedFactsProps): ReactNode {
  const t = useWords("posture");
  const feed = posture[kind];
  const change = <Button onClick={() => onAsk({ what: "set", kind })}>{t("feed.set")}</Button>;
  if (feed === null) return <EmptyState text={t(`feed.${kind}.off`)} action={change} />;
  return (
    <Card>
      <Stack gap="field">
        <FactList facts={factsOf(t, kind, feed)} />
        <div className={styles["actions"]}>
          <Button busy={checking === kind ? t("feed.reading") : undefined} onClick={() => onCheck(kind)}>
            {t("feed.check")}
          </Button>
          <Button onClick={() => onAsk({ what: "set", kind })}>{t("feed.change")}</Button>
          <Button kind="danger-quiet" onClick={() => onAsk({ what: "remove", kind })}>
            {t("feed.remove")}
          </Button>
        </div>
      </Stack>
    </Card>
  );
}

function factsOf(t: Words<"posture">, kind: FeedKind, feed: FeedView): readonly Fact[] {
  const { url, lastContactAt, lastProblem, issuedAt, publicKey, keywords } = feed;
  const facts: Fact[] = [
    { id: "url", icon: <Link2 />, text: <span className={styles["url"]}>{url}</span> },
    {
      id: "contact",
      icon: <Clock />,
      text:
        lastContactAt === null ? (
          t("feed.never")
        ) : (
          <>
            {t("feed.contact")} <DateText from={lastContactAt} />
          </>
        ),
      note: issuedAt === null ? undefined : <Issued at={issuedAt} />,
    },
    kind === "releases"
      ? { id: "key", icon: <KeyRound />, text: t(publicKey === null ? "feed.unsigned" : "feed.signed") }
      : { id: "words", icon: <Search />, text: t("feed.keywords", { words: keywords.join(t("join")) }) },
  ];
  if (lastProblem !== null)
    facts.push({
      id: "problem",
      tone: "warn",
      icon: <CircleExclamationPoint />,
      text: t(`problem.${lastProblem}`),
      note: lastContactAt === null ? undefined : t("problem.kept"),
    });
  return facts;
}

function Issued({ at }: { at: number }): ReactNode {
  const t = useWords("posture");
  return (
    <>
      {t("feed.issued")} <DateText from={at} />
    </>
  );
}
