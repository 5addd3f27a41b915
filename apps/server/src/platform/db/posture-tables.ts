/** Tables of 0034-posture. */
import type { AdvisorySeverity, FeedKind, FeedProblem, ReleaseList } from "@sekisho/contract";
import type { ColumnType, Generated } from "kysely";

type NullableInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;

export type PostureTables = {
  feed: {
    kind: FeedKind;
    url: string;
    public_key: string | null;
    keywords: string[];
    next_at: Generated<Date>;
    last_contact_at: NullableInstant;
    last_problem: ColumnType<FeedProblem | null, FeedProblem | null | undefined, FeedProblem | null>;
    document: ColumnType<ReleaseList | null, string | null | undefined, string | null>;
  };
  advisory: {
    id: string;
    title: string;
    link: string | null;
    severity: AdvisorySeverity;
    score: number | null;
    published_at: NullableInstant;
    modified_at: NullableInstant;
    keywords: string[];
    found_at: Generated<Date>;
    mark: ColumnType<
      "seen" | "handled" | null,
      "seen" | "handled" | null | undefined,
      "seen" | "handled" | null
    >;
    marked_by: ColumnType<string | null, string | null | undefined, string | null>;
    marked_at: NullableInstant;
    changed: Generated<boolean>;
  };
};
