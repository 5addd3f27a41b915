import BadgeCheck from "lucide-react/icons/badge-check";
import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import type { ReactNode } from "react";
import { Badge } from "./note.tsx";

/** Comes from the server and cannot be typed. `label`: 確認済み（声と顔）, 確認済み or 未確認. */
export function IdentityBadge({ verified, label }: { verified: boolean; label: string }): ReactNode {
  return (
    <Badge tone={verified ? "ok" : "warn"} icon={verified ? <BadgeCheck /> : <CircleQuestionMark />}>
      {label}
    </Badge>
  );
}
