import type { AdvisoryView, FeedKind, Posture } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Note } from "../../ui/note.tsx";
import { PageHead, Section, Stack } from "../../ui/page.tsx";
import { Advisories } from "./advisories.tsx";
import { FeedFacts } from "./feed-facts.tsx";
import { TransportFacts } from "./transport-facts.tsx";
import { Update } from "./update.tsx";

export type Asked = { readonly what: "set" | "remove"; readonly kind: FeedKind };

export interface PostureViewProps {
  posture: Posture;
  /** The list that is being read at this moment. */
  checking: FeedKind | undefined;
  problem: string | undefined;
  onAsk: (asked: Asked) => void;
  onCheck: (kind: FeedKind) => void;
  onMark: (id: string, as: NonNullable<AdvisoryView["mark"]>["as"] | null) => void;
}

/** What runs here, whether there is something newer, and what is known to be wrong with it: facts, each with its time. */
export function PostureView(props: PostureViewProps): ReactNode {
  const t = useWords("posture");
  const { posture, problem } = props;
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} />
      <Stack>
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <Section title={t("parts")} note={t("parts.note")}>
          <Parts {...posture} />
        </Section>
        <Section title={t("transport")} note={t("transport.note")}>
          <TransportFacts transport={posture.transport} />
        </Section>
        <Section title={t("update")}>
          <Stack gap="tight">
            <Update posture={posture} />
            <FeedFacts {...props} kind="releases" />
          </Stack>
        </Section>
        <Section title={t("vulnerabilities")}>
          <Stack gap="field">
            <FeedFacts {...props} kind="vulnerabilities" />
            <Advisories {...props} />
          </Stack>
        </Section>
      </Stack>
    </>
  );
}

type Row = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly at: number | null;
};

function Parts({ parts, build, minimumBuild }: Posture): ReactNode {
  const t = useWords("posture");
  const rows: Row[] = [
    ...parts.map(({ part, version, at }) => ({
      ...{ id: part, name: t(`part.${part}`), version: version ?? t("part.silent"), at },
    })),
    { id: "page", name: t("part.page"), version: String(build), at: null },
    {
      id: "oldest",
      name: t("part.oldest"),
      version: minimumBuild === 0 ? t("part.everyBuild") : String(minimumBuild),
      at: null,
    },
  ];
  const columns: Column<Row>[] = [
    { id: "name", label: t("col.part"), cell: ({ name }) => name },
    { id: "version", tight: true, label: t("col.version"), cell: ({ version }) => version },
    {
      id: "at",
      tight: true,
      label: t("col.asked"),
      cell: ({ at }) => (at === null ? t("fixed") : <DateText from={at} />),
    },
  ];
  return <DataTable label={t("parts")} columns={columns} rows={rows} rowId={({ id }) => id} />;
}
