import CircleOff from "lucide-react/icons/circle-off";
import ClipboardList from "lucide-react/icons/clipboard-list";
import Clock from "lucide-react/icons/clock";
import DoorClosed from "lucide-react/icons/door-closed";
import Eye from "lucide-react/icons/eye";
import FileCheck from "lucide-react/icons/file-check";
import FileX from "lucide-react/icons/file-x";
import Hash from "lucide-react/icons/hash";
import IdCard from "lucide-react/icons/id-card";
import KeyRound from "lucide-react/icons/key-round";
import Laptop from "lucide-react/icons/laptop";
import Link2 from "lucide-react/icons/link-2";
import LockKeyhole from "lucide-react/icons/lock-keyhole";
import MailCheck from "lucide-react/icons/mail-check";
import MapPin from "lucide-react/icons/map-pin";
import MessageSquare from "lucide-react/icons/message-square";
import MicOff from "lucide-react/icons/mic-off";
import Mic from "lucide-react/icons/mic";
import MonitorUp from "lucide-react/icons/monitor-up";
import PenLine from "lucide-react/icons/pen-line";
import ShieldCheck from "lucide-react/icons/shield-check";
import UserCheck from "lucide-react/icons/user-check";
import Users from "lucide-react/icons/users";
import type { MeetingDetail } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import { ClassBadge, type Level } from "../ui/class-badge.tsx";
import { FactList, type Fact } from "../ui/fact-list.tsx";
import styles from "./rule-list.module.css";

export type EffectiveField = MeetingDetail["effective"][number];
type Source = "preset" | "organisation" | "server" | "meeting";

const ICONS: { readonly [F in EffectiveField["field"]]: ReactNode } = {
  encryption: <LockKeyhole />,
  whoMayJoin: <Link2 />,
  visibility: <Eye />,
  passcodeRequired: <KeyRound />,
  waitingRoom: <DoorClosed />,
  joinBeforeHost: <Clock />,
  muteOnEntry: <MicOff />,
  verifierRequired: <UserCheck />,
  admitAll: <Users />,
  screenShare: <MonitorUp />,
  chat: <MessageSquare />,
  rename: <PenLine />,
  unmute: <Mic />,
  recording: <CircleOff />,
  files: <FileX />,
  personalNumber: <Hash />,
  regions: <MapPin />,
  agreement: <FileCheck />,
  guestProof: <MailCheck />,
  secondFactor: <ShieldCheck />,
  deviceDeclaration: <Laptop />,
  nameRule: <IdCard />,
  registration: <ClipboardList />,
};

/** Who holds a value where it is; the class comes first, since it was chosen first. */
function holder({ fixedBy }: EffectiveField): Source {
  for (const source of ["preset", "organisation", "server"] as const)
    if (fixedBy.includes(source)) return source;
  return "meeting";
}

const ORDER: readonly Source[] = ["preset", "organisation", "server", "meeting"];

/** What these settings come to, grouped by who decides (CNF-3). Fed by the server; nothing is worked out here. */
export function RuleList({
  level,
  effective,
}: {
  level: Level;
  effective: readonly EffectiveField[];
}): ReactNode {
  const rules = useWords("rules");
  const common = useWords("common");
  const fact = ({ field, value }: EffectiveField): Fact => ({
    id: field,
    icon: ICONS[field],
    text: rules.maybe(`${field}.${value}`) ?? field,
    note: rules.maybe(`${field}.${value}.note`),
  });
  return (
    <div className={styles["rules"]}>
      {ORDER.map((source) => {
        const facts = effective.filter((one) => holder(one) === source).map(fact);
        if (facts.length === 0) return null;
        return (
          <div key={source} className={styles["group"]}>
            <p className={styles["by"]}>
              {source === "preset" && <ClassBadge level={level} label={common(`class.${level}`)} />}
              <span>{rules(`by.${source}`)}</span>
            </p>
            <FactList layout="lines" facts={facts} />
          </div>
        );
      })}
    </div>
  );
}
