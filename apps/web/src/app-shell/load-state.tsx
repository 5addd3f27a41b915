import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import { useWords } from "../i18n/words.ts";
import { NotFound } from "../routes.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Waiting } from "../ui/progress.tsx";
import { problemText } from "./problem.ts";

/** Draws what arrived, words while it takes long, a sentence with a way out when it failed. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}): ReactNode {
  const t = useWords("common");
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Waiting>{t("loading")}</Waiting>;
  return <LoadProblem error={query.error} retry={() => void query.refetch()} />;
}

export function LoadProblem({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
  const t = useWords("common");
  const account = useWords("account");
  if (error instanceof ApiError && error.failure.code === "not_found") return <NotFound />;
  const reference = error instanceof ApiError ? error.failure.reference : null;
  const text =
    reference === null
      ? problemText(account, error)
      : `${problemText(account, error)} ${t("reference")} ${reference}`;
  return (
    <EmptyState text={`${t("loadFailed")} ${text}`} action={<Button onClick={retry}>{t("retry")}</Button>} />
  );
}
