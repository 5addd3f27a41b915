import { Suspense, type ReactNode } from "react";
import { Route, Switch } from "wouter";
import { useWords } from "./i18n/words.ts";
import { LoadBoundary } from "./app-shell/load-boundary.tsx";
import { UiProvider } from "./app-shell/ui-provider.tsx";
import { AccountFrame, NotFound, routes } from "./routes.ts";
import { Announcer } from "./ui/announcer.tsx";
import { SkipLink } from "./ui/skip-link.tsx";

export function App(): ReactNode {
  return (
    <UiProvider>
      <Announcer />
      <Skip />
      <LoadBoundary>
        <Suspense>
          <Switch>
            {routes.map(({ path, frame, Screen }) => (
              <Route key={path} path={path}>
                {frame === "account" ? (
                  <AccountFrame>
                    <Screen />
                  </AccountFrame>
                ) : (
                  <Screen />
                )}
              </Route>
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </LoadBoundary>
    </UiProvider>
  );
}

function Skip(): ReactNode {
  const t = useWords("common");
  return <SkipLink>{t("skip")}</SkipLink>;
}
