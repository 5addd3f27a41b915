import BrickWall from "lucide-react/icons/brick-wall";
import Building2 from "lucide-react/icons/building-2";
import CalendarDays from "lucide-react/icons/calendar-days";
import LogIn from "lucide-react/icons/log-in";
import Inbox from "lucide-react/icons/inbox";
import Plug from "lucide-react/icons/plug";
import ScrollText from "lucide-react/icons/scroll-text";
import ShieldAlert from "lucide-react/icons/shield-alert";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import Users from "lucide-react/icons/users";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords, type Words } from "../i18n/words.ts";
import { Logo } from "../ui/logo.tsx";
import { cx } from "../ui/cx.ts";
import { AccountMenu } from "./account-menu.tsx";
import styles from "./frame.module.css";

export type Area =
  | "meetings"
  | "settings"
  | "people"
  | "organisation"
  | "signIn"
  | "integrations"
  | "outbox"
  | "posture"
  | "barriers"
  | "audit"
  | undefined;

export interface FrameProps {
  name: string;
  organisation: string;
  isAdmin: boolean;
  isOwner?: boolean;
  /** Has a duty at the barriers: looks after them, or reads them. */
  hasBarriers?: boolean;
  /** Reads the log. */
  isAuditor?: boolean;
  /** Which entry of the navigation the page belongs to. */
  area: Area;
  onCheckUpdate?: () => void;
  /** Above the page, whichever it is. */
  notice?: ReactNode;
  children: ReactNode;
}

interface Entry {
  readonly area: Area;
  readonly href: string;
  readonly icon: ReactNode;
  readonly label: string;
  /** For the bottom bar, where the label is too long for a fifth of a phone. */
  readonly short?: string;
  /** Work for a desk: left out of the bottom bar, which has no room for it. */
  readonly wideOnly?: boolean;
}

/** Left rail on a computer, bottom bar below 1024 px. What a person may not open is not in it. */
export function Frame(props: FrameProps): ReactNode {
  const { name, organisation, isAdmin, isOwner = false, hasBarriers = false, area, children } = props;
  const { isAuditor = false } = props;
  const t = useWords("shell");
  const { entries, admin, compliance } = entriesFor(t, { isAdmin, isOwner, hasBarriers, isAuditor });
  return (
    <div className={styles["frame"]}>
      <header className={styles["rail"]}>
        <Link href="/" className={styles["logo"]}>
          <Logo name={t("product")} japaneseName={t("productJapanese")} />
        </Link>
        <nav aria-label={t("nav")} className={styles["nav"]}>
          <Entries entries={entries} area={area} />
          {admin.length > 0 && <p className={styles["group"]}>{t("admin")}</p>}
          <Entries entries={admin} area={area} />
          {compliance.length > 0 && <p className={styles["group"]}>{t("compliance")}</p>}
          <Entries entries={compliance} area={area} />
        </nav>
        <div className={styles["account"]}>
          <AccountMenu
            name={name}
            organisation={organisation}
            onCheckUpdate={props.onCheckUpdate ?? nothing}
          />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={cx(styles["main"], area === "barriers" && styles["broad"])}>
        {props.notice}
        {children}
      </main>
    </div>
  );
}

interface Rank {
  isAdmin: boolean;
  isOwner: boolean;
  hasBarriers: boolean;
  isAuditor: boolean;
}

function entriesFor(t: Words<"shell">, { isAdmin, isOwner, hasBarriers, isAuditor }: Rank) {
  const entries: Entry[] = [
    { area: "meetings", href: "/", icon: <CalendarDays />, label: t("meetings") },
    { area: "settings", href: "/me", icon: <SlidersHorizontal />, label: t("settings") },
  ];
  const admin: Entry[] = [...(isAdmin ? adminEntries(t) : []), ...(isOwner ? ownerEntries(t) : [])];
  const compliance: Entry[] = hasBarriers
    ? [
        {
          area: "barriers",
          href: "/barriers",
          icon: <BrickWall />,
          label: t("barriers"),
          short: t("barriers.short"),
        },
      ]
    : [];
  if (isAuditor)
    compliance.push({
      area: "audit",
      href: "/audit",
      icon: <ScrollText />,
      label: t("audit"),
      wideOnly: true,
    });
  return { entries, admin, compliance };
}

function nothing(): void {}

function adminEntries(t: Words<"shell">): Entry[] {
  return [
    { area: "people", href: "/admin/users", icon: <Users />, label: t("people") },
    { area: "organisation", href: "/admin/organisation", icon: <Building2 />, label: t("organisation") },
    { area: "outbox", href: "/admin/outbox", icon: <Inbox />, label: t("outbox"), wideOnly: true },
    { area: "posture", href: "/admin/posture", icon: <ShieldAlert />, label: t("posture"), wideOnly: true },
  ];
}

function ownerEntries(t: Words<"shell">): Entry[] {
  return [
    { area: "signIn", href: "/admin/signin", icon: <LogIn />, label: t("signIn"), wideOnly: true },
    {
      area: "integrations",
      href: "/admin/integrations",
      icon: <Plug />,
      label: t("integrations"),
      wideOnly: true,
    },
  ];
}

function Entries({ entries, area }: { entries: readonly Entry[]; area: Area }): ReactNode {
  return entries.map((entry) => (
    <Link
      key={entry.href}
      href={entry.href}
      className={cx(styles["entry"], entry.wideOnly === true && styles["wideOnly"])}
      aria-current={entry.area === area ? "page" : undefined}
    >
      {entry.icon}
      {entry.short === undefined ? (
        <span>{entry.label}</span>
      ) : (
        <>
          <span className={styles["wide"]}>{entry.label}</span>
          <span className={styles["narrow"]}>{entry.short}</span>
        </>
      )}
    </Link>
  ));
}
