import type { BarrierPolicyView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Badge } from "../../ui/note.tsx";
import { Waiting } from "../../ui/progress.tsx";
import { FlagWords } from "./flag-words.tsx";
import styles from "./matrix.module.css";
import { usePair } from "./use-barriers.ts";
import type { MatrixSide } from "./use-matrix.ts";

export interface PairDialogProps {
  a: MatrixSide;
  b: MatrixSide;
  mayEdit: boolean;
  onClose: () => void;
}

/** What stands between two groups, and the way to change it. */
export function PairDialog(props: PairDialogProps): ReactNode {
  const pair = usePair(props.a.id, props.b.id);
  return <PairView {...props} policies={pair.data} />;
}

export function PairView({
  a,
  b,
  mayEdit,
  policies,
  onClose,
}: PairDialogProps & { policies: readonly BarrierPolicyView[] | undefined }): ReactNode {
  const t = useWords("barriers");
  const title =
    a.id === b.id ? t("pair.title.same", { a: a.name }) : t("pair.title", { a: a.name, b: b.name });
  return (
    <Dialog title={title} closable onClose={onClose}>
      {policies === undefined && <Waiting>{t("loading")}</Waiting>}
      {policies?.length === 0 && <p>{t("pair.none")}</p>}
      {policies !== undefined && policies.length > 0 && (
        <ul className={styles["policies"]}>
          {policies.map((policy) => (
            <li key={policy.id}>
              <div className={styles["policy"]}>
                <Badge tone={policy.effectiveState === "in_force" ? "ok" : "plain"}>
                  {t(policy.enabled ? "state.inForce" : "state.disabled")}
                </Badge>
                <div>
                  <p>{t("pair.cannot")}</p>
                  <FlagWords flags={policy.flags} />
                </div>
              </div>
              <Link href={`/barriers/policies/${policy.id}`} className={buttonClass("quiet")}>
                {t(mayEdit ? "pair.edit" : "pair.read")}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {policies?.length === 0 && mayEdit && (
        <div>
          <Link href={`/barriers/policies/new?a=${a.id}&b=${b.id}`} className={buttonClass("primary")}>
            {t("pair.make")}
          </Link>
        </div>
      )}
    </Dialog>
  );
}
