import { Suspense, type ReactNode } from "react";
import { useWords } from "./i18n/words.ts";
import { ParamsContext, usePathname } from "./app-shell/location.ts";
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
  const path = usePathname();
  const found = findRoute(path);
  if (found === undefined) return <NotFound />;
  const { Component } = found.route.screen;
  const page = (
    <ParamsContext value={found.params}>
      <Component key={found.route.path} />
    </ParamsContext>
  );
  return found.route.frame === "account" ? <AccountFrame>{page}</AccountFrame> : page;
}

function Skip(): ReactNode {
  const t = useWords("common");
  return <SkipLink>{t("skip")}</SkipLink>;
}
