import type { BarrierChangeLine } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Name } from "../../ui/person-name.tsx";
import { changeKey } from "./change-words.ts";
import styles from "./sync.module.css";

export function ChangeList({
  lines,
  more = 0,
}: {
  lines: readonly BarrierChangeLine[];
  more?: number;
}): ReactNode {
  const s = useWords("barriers-sync");
  return (
    <ul className={styles["changes"]}>
      {lines.map((line, at) => (
        // Lines of one version never change places.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at}>
          <Line line={line} />
        </li>
      ))}
      {more > 0 && <li>{s("changes.more", { count: more })}</li>}
    </ul>
  );
}

function Line({ line }: { line: BarrierChangeLine }): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  const [first = "", second = "", ...others] = line.names;
  return s.rich(changeKey(line), {
    a: <Name>{first}</Name>,
    b: <Name>{second}</Name>,
    others: others.length === 0 ? "" : s("change.others", { names: others.join(t("list.comma")) }),
    flags: line.flags.map((flag) => t(`short.${flag}`)).join(t("list.dot")),
    rules: line.rules.map((rule) => s(`rule.${rule}`)).join(t("list.comma")),
  });
}
