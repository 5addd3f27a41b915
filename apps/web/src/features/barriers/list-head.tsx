import Search from "lucide-react/icons/search";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import styles from "./table.module.css";

export interface ListHeadProps {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  count: string;
  action?: ReactNode;
}

/** Search, how many, and the one thing to do with the list. */
export function ListHead({ label, value, onSearch, count, action }: ListHeadProps): ReactNode {
  return (
    <div className={styles["head"]}>
      <SearchBox label={label} value={value} onSearch={onSearch} />
      <p className={styles["total"]} role="status">
        {count}
      </p>
      {action !== undefined && <div className={styles["action"]}>{action}</div>}
    </div>
  );
}

export function SearchBox({
  label,
  value,
  onSearch,
}: Pick<ListHeadProps, "label" | "value" | "onSearch">): ReactNode {
  return (
    <label className={styles["search"]}>
      <Search />
      <span className="sr-only">{label}</span>
      <input
        type="search"
        value={value}
        placeholder={label}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onSearch(event.target.value)}
      />
    </label>
  );
}

export interface MoreProps {
  readonly shown: number;
  readonly total: number;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}

export function More({ shown, total, hasMore, loading, onMore }: MoreProps): ReactNode {
  const t = useWords("barriers");
  if (!hasMore) return null;
  return (
    <div className={styles["more"]}>
      <Button busy={loading ? t("loading") : undefined} onClick={onMore}>
        {t("more", { count: Math.max(1, Math.min(50, total - shown)) })}
      </Button>
    </div>
  );
}
