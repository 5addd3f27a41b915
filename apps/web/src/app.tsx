import { Suspense, useMemo, type ReactNode } from "react";
import { Route, Switch } from "wouter";
import { useLanguage, useWords } from "./i18n/words.ts";
import { LoadBoundary } from "./load-boundary.tsx";
import { AccountFrame, NotFound, routes } from "./routes.ts";
import { Announcer } from "./ui/announcer.tsx";
import { UiLocaleContext, type UiLocale } from "./ui/locale.ts";
import { SkipLink } from "./ui/skip-link.tsx";

/** The viewer's own zone; asked once, since a page does not change it. */
const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Gives the primitives their words and language. The catalogue `common` must have been loaded. */
export function UiProvider({
  timeZone = TIME_ZONE,
  children,
}: {
  timeZone?: string;
  children: ReactNode;
}): ReactNode {
  const lang = useLanguage();
  const t = useWords("common");
  const locale = useMemo<UiLocale>(() => {
    const words = {
      required: t("required"),
      close: t("close"),
      dismiss: t("dismiss"),
      show: t("show"),
      hide: t("hide"),
      undo: t("undo"),
    };
    return { lang, timeZone, words };
  }, [lang, timeZone, t]);
  return <UiLocaleContext value={locale}>{children}</UiLocaleContext>;
}

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
