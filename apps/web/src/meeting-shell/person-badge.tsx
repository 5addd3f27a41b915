import type { PersonView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import { IdentityBadge } from "../ui/identity-badge.tsx";
import { Badge } from "../ui/note.tsx";

type Who = Pick<PersonView, "badge" | "method" | "role">;

/** Comes from the server. People of the organisation carry their role, everybody else what is known of them. */
export function PersonBadge({ person, full }: { person: Who; full?: boolean }): ReactNode {
  const t = useWords("live");
  if (person.role !== "participant")
    return <Badge tone={person.role === "verifier" ? "plain" : "info"}>{t(`role.${person.role}`)}</Badge>;
  if (person.badge === "account") return null;
  if (person.badge === "unverified") return <IdentityBadge verified={false} label={t("notVerified")} />;
  const label = full === true && person.method !== null ? t(`verified.${person.method}`) : t("verified");
  return <IdentityBadge verified label={label} />;
}
