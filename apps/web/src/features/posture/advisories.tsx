import Ellipsis from "lucide-react/icons/ellipsis";
import type { AdvisoryView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Badge, Note, type Tone } from "../../ui/note.tsx";
import { Name } from "../../ui/person-name.tsx";
import type { PostureViewProps } from "./posture-view.tsx";
import styles from "./posture.module.css";

/** What waits for somebody first; what was dealt with on request. */
export function Advisories({ posture, onMark }: Pick<PostureViewProps, "posture" | "onMark">): ReactNode {
  const t = useWords("posture");
  const [all, setAll] = useState(false);
  const { advisories, vulnerabilities } = posture;
  const open = advisories.filter(isOpen);
  const done = advisories.length - open.length;
  const rows = all ? advisories : open;
  const at = vulnerabilities?.lastContactAt ?? null;
  return (
    <>
      {at !== null && (
        <p>
          <strong>{t("count", { count: open.length })}</strong> {t("count.list")} <DateText from={at} />
        </p>
      )}
      {advisories.some(({ changed }) => changed) && <Note tone="warn">{t("changed.note")}</Note>}
      {rows.length > 0 && <Table rows={rows} onMark={onMark} />}
      {done > 0 && (
        <div>
          <Button kind="quiet" onClick={() => setAll(!all)}>
            {all ? t("done.hide") : t("done.show", { count: done })}
          </Button>
        </div>
      )}
    </>
  );
}

function isOpen({ mark, changed }: AdvisoryView): boolean {
  return mark?.as !== "handled" || changed;
}

const TONES: { readonly [S in AdvisoryView["severity"]]: Tone } = {
  critical: "warn",
  high: "warn",
  medium: "plain",
  low: "plain",
  none: "plain",
  unknown: "plain",
};

function Table({
  rows,
  onMark,
}: { rows: readonly AdvisoryView[] } & Pick<PostureViewProps, "onMark">): ReactNode {
  const t = useWords("posture");
  const columns: Column<AdvisoryView>[] = [
    { id: "title", label: t("col.title"), cell: (row) => <Title row={row} /> },
    {
      id: "severity",
      tight: true,
      label: t("col.severity"),
      cell: ({ severity, score }) => (
        <Badge tone={TONES[severity]}>
          {t(`severity.${severity}`)} {score !== null && score.toFixed(1)}
        </Badge>
      ),
    },
    {
      id: "date",
      tight: true,
      label: t("col.date"),
      cell: ({ modifiedAt, publishedAt }) => {
        const at = modifiedAt ?? publishedAt;
        return at === null ? "—" : <DateText from={at} />;
      },
    },
    { id: "mark", label: t("col.mark"), cell: (row) => <Mark row={row} /> },
    {
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: (row) => <Actions row={row} onMark={onMark} />,
    },
  ];
  return <DataTable label={t("vulnerabilities")} columns={columns} rows={rows} rowId={({ id }) => id} />;
}

/** Its words are somebody else's: drawn as text, and the link says where it leads. */
function Title({ row: { id, title, link } }: { row: AdvisoryView }): ReactNode {
  return (
    <>
      {link === null ? (
        title
      ) : (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {title}
        </a>
      )}
      <span className={styles["id"]}>
        {id}
        {link !== null && ` · ${new URL(link).hostname}`}
      </span>
    </>
  );
}

function Mark({ row: { mark, changed } }: { row: AdvisoryView }): ReactNode {
  const t = useWords("posture");
  if (mark === null) return <Badge tone="warn">{t("mark.none")}</Badge>;
  return (
    <>
      {changed ? (
        <Badge tone="warn">{t("mark.changed")}</Badge>
      ) : (
        <Badge tone={mark.as === "handled" ? "ok" : "plain"}>{t(`mark.${mark.as}`)}</Badge>
      )}
      <span className={styles["id"]}>
        {mark.by === null ? t("by.hidden") : <Name>{mark.by}</Name>} <DateText from={mark.at} />
      </span>
    </>
  );
}

function Actions({ row, onMark }: { row: AdvisoryView } & Pick<PostureViewProps, "onMark">): ReactNode {
  const t = useWords("posture");
  const label = t("actions", { name: row.id });
  const to = (as: "seen" | "handled" | null): MenuItem => ({
    id: as ?? "none",
    label: t(`markAs.${as ?? "none"}`),
    onSelect: () => onMark(row.id, as),
  });
  const same = (as: "seen" | "handled") => row.mark?.as === as && !row.changed;
  return (
    <Menu
      label={label}
      items={[
        ...(same("seen") ? [] : [to("seen")]),
        ...(same("handled") ? [] : [to("handled")]),
        ...(row.mark === null ? [] : [to(null)]),
      ]}
      trigger={(trigger) => (
        <IconButton label={label} {...trigger}>
          <Ellipsis />
        </IconButton>
      )}
    />
  );
}
