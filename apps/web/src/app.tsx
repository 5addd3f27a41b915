import { Suspense, type ReactNode } from "react";
import { Route, useLocation } from "wouter";
import { useWords } from "./i18n/words.ts";
import { LoadBoundary } from "./app-shell/load-boundary.tsx";
import { UiProvider } from "./app-shell/ui-provider.tsx";
import { AccountFrame, findRoute, NotFound } from "./routes.ts";
import { Announcer } from "./ui/announcer.tsx";
import { SkipLink } from "./ui/skip-link.tsx";

export function App(): ReactNode {
  return (
    <UiProvider>
      <Announcer />
      <Skip />
      <LoadBoundary>
        <Suspense>
          <Page />
        </Suspense>
      </LoadBoundary>
    </UiProvider>
  );
}

/** The frame stays where it is while one goes from page to page inside it. */
function Page(): ReactNode {
  const [path] = useLocation();
  const found = findRoute(path);
  if (found === undefined) return <NotFound />;
  const { Component } = found.screen;
  const page = (
    <Route key={found.path} path={found.path}>
      <Component />
    </Route>
  );
  return found.frame === "account" ? <AccountFrame>{page}</AccountFrame> : page;
}

function Skip(): ReactNode {
  const t = useWords("common");
  return <SkipLink>{t("skip")}</SkipLink>;
}
