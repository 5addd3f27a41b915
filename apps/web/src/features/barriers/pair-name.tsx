import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Name } from "../../ui/person-name.tsx";

interface Side {
  readonly id: string;
  readonly name: string;
}

/** 「投資銀行 と 調査」, or 「調査 の中の人どうし」. */
export function PairName({ a, b }: { a: Side; b: Side }): ReactNode {
  const t = useWords("barriers");
  if (a.id === b.id) return t.rich("pair.same", { a: <Name>{a.name}</Name> });
  return t.rich("pair", { a: <Name>{a.name}</Name>, b: <Name>{b.name}</Name> });
}
