import CircleOff from "lucide-react/icons/circle-off";
import DoorClosed from "lucide-react/icons/door-closed";
import LockKeyhole from "lucide-react/icons/lock-keyhole";
import MapPin from "lucide-react/icons/map-pin";
import ShieldCheck from "lucide-react/icons/shield-check";
import UserCheck from "lucide-react/icons/user-check";
import type { MeetingFacts } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useLanguage, useWords } from "../i18n/words.ts";
import { FactList } from "../ui/fact-list.tsx";
import { factLines, type FactLine } from "./facts-model.ts";

/** Needs the catalogue `facts`. */
export function Facts({ facts }: { facts: MeetingFacts }): ReactNode {
  const t = useWords("facts");
  const lang = useLanguage();
  return (
    <FactList
      facts={factLines(facts, lang).map((line) => ({
        id: line.id,
        icon: iconOf(line, facts),
        text: t(line.key, line.params),
        note: t.maybe(`${line.key}Note`),
        tone: line.key === "region.unknown" ? "warn" : "plain",
      }))}
    />
  );
}

function iconOf(line: FactLine, facts: MeetingFacts): ReactNode {
  if (line.id === "check") return facts.verification === "person" ? <UserCheck /> : <DoorClosed />;
  if (line.id === "encryption") return facts.encryption === "e2ee" ? <ShieldCheck /> : <LockKeyhole />;
  return line.id === "recording" ? <CircleOff /> : <MapPin />;
}
