import { Suspense, type ReactNode } from "react";
import { useWords } from "./i18n/words.ts";
import { ParamsContext, usePathname } from "./app-shell/location.ts";
import { LoadBoundary } from "./app-shell/load-boundary.tsx";
import { UiProvider } from "./app-shell/ui-provider.tsx";
import { AccountPages, findRoute } from "./routes.ts";
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

function Page(): ReactNode {
  const found = findRoute(usePathname());
  if (found === undefined) return <AccountPages />;
  const { Component } = found.route.screen;
  return (
    <ParamsContext value={found.params}>
      <Component key={found.route.path} />
    </ParamsContext>
  );
}

function Skip(): ReactNode {
  const t = useWords("common");
  return <SkipLink>{t("skip")}</SkipLink>;
}
