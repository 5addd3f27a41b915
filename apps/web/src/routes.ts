import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import type { RouteParams } from "./app-shell/location.ts";
import type { Namespace } from "./i18n/catalogues.ts";
import { loadWords } from "./i18n/words.ts";

export interface Screen {
  readonly Component: LazyExoticComponent<ComponentType>;
  /** Starts the download before React asks for it. */
  readonly preload: () => void;
}

export interface ScreenRoute {
  /** A pattern with `:names`; parameters are identifiers only (MTG-5). */
  readonly path: string;
  readonly screen: Screen;
}

/** Code and words of a screen arrive together; nothing is drawn before both are there. */
export function screen(words: readonly Namespace[], load: () => Promise<ComponentType>): Screen {
  let loading: Promise<{ default: ComponentType }> | undefined;
  const start = () => (loading ??= loadBoth(words, load));
  return { Component: lazy(start), preload: () => void start().catch(() => undefined) };
}

async function loadBoth(words: readonly Namespace[], load: () => Promise<ComponentType>) {
  const [component] = await Promise.all([load(), loadWords(...words)]);
  return { default: component };
}

export function route(path: string, to: Screen): ScreenRoute {
  return { path, screen: to };
}

const visitorScreens = () => import("./visitor-screens.ts");

/** Every page that stands alone; the others are in `account-routes.ts`. */
export const routes: readonly ScreenRoute[] = [
  route(
    "/m/:link",
    screen(
      ["entry", "waiting", "media", "facts"],
      async () => (await import("./meeting/meeting-page.tsx")).MeetingPage,
    ),
  ),
  route(
    "/facts/:link",
    screen(
      ["fact-sheet"],
      async () => (await import("./features/entry/fact-sheet-screen.tsx")).FactSheetScreen,
    ),
  ),
  route(
    "/r/:formId",
    screen(["registration"], async () => (await visitorScreens()).registrationForm()),
  ),
  route(
    "/r/:formId/:token",
    screen(["registration"], async () => (await visitorScreens()).ownRegistration()),
  ),
  route(
    "/setup/:token",
    screen(["setup", "account"], async () => (await visitorScreens()).setup()),
  ),
  route(
    "/invite/:token",
    screen(["setup", "account"], async () => (await visitorScreens()).invite()),
  ),
  route(
    "/p/:token",
    screen(["passcode-page", "account"], async () => (await visitorScreens()).passcodePage()),
  ),
  route(
    "/signin",
    screen(
      ["sign-in", "account", "second-factor"],
      async () => (await import("./features/sign-in/sign-in-screen.tsx")).SignInScreen,
    ),
  ),
  route(
    "/signin/return/:providerId",
    screen(["sign-in", "account", "second-factor"], async () => (await visitorScreens()).signInReturn()),
  ),
  route(
    "/recover",
    screen(["recovery", "account"], async () => (await visitorScreens()).askLink()),
  ),
  route(
    "/recover/:token",
    screen(["recovery", "account", "second-factor"], async () => (await visitorScreens()).newPassword()),
  ),
];

export const { Component: NotFound } = screen(
  ["not-found"],
  async () => (await import("./features/not-found/not-found-screen.tsx")).NotFoundScreen,
);
/** The pages behind a sign-in, with their frame: what a guest loads need not list them. */
export const AccountPages = lazy(async () => {
  const [pages] = await Promise.all([import("./account-pages.tsx"), loadWords("shell", "account")]);
  return { default: pages.AccountPages };
});

export interface FoundRoute {
  readonly route: ScreenRoute;
  readonly params: RouteParams;
}

/** The page of an address that needs no sign-in, and the identifiers in it; undefined for every other address. */
export function findRoute(path: string): FoundRoute | undefined {
  return findIn(routes, path);
}

export function findIn<R extends { readonly path: string }>(
  list: readonly R[],
  path: string,
): { readonly route: R; readonly params: RouteParams } | undefined {
  for (const route of list) {
    const pattern = route.path.replaceAll(/:(\w+)/gu, "(?<$1>[^/]+)");
    const found = new RegExp(`^${pattern}/?$`, "u").exec(path);
    if (found !== null) return { route, params: decoded(found.groups ?? {}) };
  }
  return undefined;
}

/** A broken escape stays as it is: it then names nothing that exists. */
function decoded(groups: RouteParams): RouteParams {
  const read = (value: string) => {
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  };
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, read(value)]));
}
