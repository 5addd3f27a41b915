import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { useLocation, useSearchParams } from "wouter";
import { call } from "../../api/client.ts";
import { LoadProblem } from "../../app-shell/load-state.tsx";
import { classesQuery } from "../../app-shell/use-classes.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { Waiting } from "../../ui/progress.tsx";
import { HomeView, type Scope } from "./home-view.tsx";
import { StartNow } from "./start-now.tsx";

const firstPage: string | null = null;

export function HomeScreen(): ReactNode {
  const t = useWords("home");
  const common = useWords("common");
  const [search, setSearch] = useSearchParams();
  const [, navigate] = useLocation();
  const [starting, setStarting] = useState(false);
  const scope: Scope = search.get("list") === "past" ? "past" : "upcoming";
  usePageTitle(t("title"));
  const now = useNow();
  const classes = useQuery(classesQuery);
  const list = useInfiniteQuery({
    queryKey: ["meetings", scope],
    queryFn: ({ pageParam }) =>
      call("GET", "/api/meetings", { query: { scope, ...(pageParam === null ? {} : { after: pageParam }) } }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });
  if (list.isError && list.data === undefined)
    return <LoadProblem error={list.error} retry={() => void list.refetch()} />;
  if (list.data === undefined) return <Waiting>{common("loading")}</Waiting>;
  return (
    <>
      <HomeView
        scope={scope}
        onScope={(next) => setSearch(next === "past" ? { list: "past" } : {}, { replace: true })}
        meetings={list.data.pages.flatMap((page) => page.meetings)}
        now={now}
        onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        onStartNow={() => setStarting(true)}
      />
      {starting && (
        <StartNow
          classes={classes.data}
          defaultTopic={t("now.topicDefault")}
          onClose={() => setStarting(false)}
          onStarted={(link) => navigate(`/m/${link}`)}
        />
      )}
    </>
  );
}

/** Minutes pass while the page is open. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
