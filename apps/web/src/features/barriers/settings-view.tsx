import BrickWall from "lucide-react/icons/brick-wall";
import type { BarrierStatus } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Badge } from "../../ui/note.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import { Coverage } from "./coverage.tsx";
import { limitWords } from "./limit-fields.tsx";
import { ruleNames, type RuleName } from "./rules-model.ts";
import styles from "./settings.module.css";

export interface SettingsViewProps {
  status: BarrierStatus;
  onOpen: (what: RuleName | "on") => void;
}

export function SettingsView({ status, onOpen }: SettingsViewProps): ReactNode {
  const r = useWords("barriers-settings");
  return (
    <Stack>
      <Main status={status} onOpen={onOpen} />
      <Section title={r("rules")} note={r("rules.note")}>
        <Card flush>
          <ul className={styles["rules"]}>
            {ruleNames.map((rule) => (
              <Rule key={rule} rule={rule} status={status} onOpen={onOpen} />
            ))}
          </ul>
        </Card>
      </Section>
      <Coverage />
    </Stack>
  );
}

function Main({ status, onOpen }: SettingsViewProps): ReactNode {
  const r = useWords("barriers-settings");
  const { on } = status.rules;
  return (
    <Card>
      <div className={styles["main"]}>
        <BrickWall />
        <div className={styles["words"]}>
          <h2 className={styles["title"]}>
            {r(on ? "on.title" : "off.title")}{" "}
            <Badge tone={on ? "ok" : "plain"}>{r(on ? "on" : "off")}</Badge>
          </h2>
          <p>{r(on ? "on.text" : "off.text")}</p>
          {status.ungrouped > 0 && (
            <p>
              <Link href="/barriers/groups/ungrouped">
                {r("ungrouped.link", { count: status.ungrouped })}
              </Link>
            </p>
          )}
        </div>
        {status.mayEdit && (
          <Button kind={on ? "danger-quiet" : "primary"} onClick={() => onOpen("on")}>
            {r(on ? "off.button" : "on.button")}
          </Button>
        )}
      </div>
    </Card>
  );
}

function Rule({ rule, status, onOpen }: SettingsViewProps & { rule: RuleName }): ReactNode {
  const r = useWords("barriers-settings");
  return (
    <li className={styles["rule"]}>
      <div className={styles["words"]}>
        <h3 className={styles["name"]}>{r(`rule.${rule}`)}</h3>
        <p className={styles["hint"]}>{r(`rule.${rule}.hint`)}</p>
      </div>
      <p className={styles["value"]}>
        <Value rule={rule} status={status} />
      </p>
      {status.mayEdit && (
        <Button
          size="small"
          aria-label={r("change.of", { rule: r(`rule.${rule}`) })}
          onClick={() => onOpen(rule)}
        >
          {r("change")}
        </Button>
      )}
    </li>
  );
}

function Value({ rule, status: { rules, editors } }: { rule: RuleName; status: BarrierStatus }): ReactNode {
  const r = useWords("barriers-settings");
  switch (rule) {
    case "ungrouped":
      return r(`ungrouped.${rules.ungrouped}`);
    case "joinBeforeHost":
      return r(`joinBeforeHost.${rules.joinBeforeHost}`);
    case "exceptions":
      return rules.exceptions.length === 0
        ? r("exceptions.none")
        : r("exceptions.count", { count: rules.exceptions.length });
    case "manualGroupEdits":
      return r(rules.manualGroupEdits ? "manual.on" : "manual.off");
    case "secondPerson":
      return r(`secondPerson.${rules.secondPerson}`, { count: editors });
    case "staleLimits": {
      const { denyNewAfter, closeAfter } = rules.staleLimits;
      if (denyNewAfter === null && closeAfter === null) return r("limit.none");
      return [
        denyNewAfter === null ? null : r("limit.denyNew.short", { time: limitWords(r, denyNewAfter) }),
        closeAfter === null ? null : r("limit.close.short", { time: limitWords(r, closeAfter) }),
      ]
        .filter((part) => part !== null)
        .join(r("limit.and"));
    }
  }
}
