import type { RoomMeta } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { choices, fixedKey, type RightName } from "../../meeting-shell/rights.ts";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import styles from "./host.module.css";

const RIGHTS = ["screenShare", "chat", "rename", "unmute"] as const satisfies readonly RightName[];

/** Each right within its limit; where the limit leaves no choice, who set it stands in its place. */
export function RightsBlock({ meta }: { meta: RoomMeta }): ReactNode {
  const t = useWords("host-controls");
  const commands = useCommands();
  const { problem, run } = useCommand();
  const { rights } = meta;
  const values = {
    screenShare: rights.screenShare.value,
    chat: rights.chat.value,
    rename: rights.rename.value,
    unmute: rights.unmute.value,
  };
  return (
    <section className={styles["block"]} aria-labelledby="rights">
      <h3 id="rights">{t("rights")}</h3>
      {RIGHTS.map((name) => (
        <RightLine
          key={name}
          name={name}
          meta={meta}
          onChange={(value) => void run(() => commands.setRights({ ...values, [name]: value }))}
        />
      ))}
      <ProblemNote problem={problem} />
    </section>
  );
}

interface RightLineProps {
  name: RightName;
  meta: RoomMeta;
  onChange: (value: RoomMeta["rights"]["chat"]["value"]) => void;
}

function RightLine({ name, meta, onChange }: RightLineProps): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const { value, limit, fixedBy } = meta.rights[name];
  const offered = choices(limit);
  const fixed = fixedKey(fixedBy, meta.confidentiality);
  const limited = limit !== "everyone" && fixed !== null;
  return (
    <div className={styles["line"]}>
      <span>{t(`right.${name}`)}</span>
      {offered.length === 1 ? (
        <span>{t(`audience.${value}`)}</span>
      ) : (
        <SelectBox
          aria-label={t(`right.${name}`)}
          value={value}
          options={offered.map((one) => ({ value: one, label: t(`audience.${one}`) }))}
          onChange={onChange}
        />
      )}
      {limited && (
        <span className={styles["full"]}>
          <FixedBy>{live(fixed)}</FixedBy>
        </span>
      )}
    </div>
  );
}
