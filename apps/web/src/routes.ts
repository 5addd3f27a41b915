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
  /** `account` screens stand in the frame with navigation and need a sign-in; `bare` ones stand alone. */
  readonly frame: "account" | "bare";
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

function route(path: string, frame: ScreenRoute["frame"], to: Screen): ScreenRoute {
  return { path, frame, screen: to };
}

const Schedule = screen(
  ["schedule", "rules"],
  async () => (await import("./features/schedule/schedule-screen.tsx")).ScheduleScreen,
);

/** Every page there is. What is not here answers with the not-found page. */
export const routes: readonly ScreenRoute[] = [
  route(
    "/m/:link",
    "bare",
    screen(
      ["entry", "waiting", "media", "facts"],
      async () => (await import("./meeting/meeting-page.tsx")).MeetingPage,
    ),
  ),
  route(
    "/setup/:token",
    "bare",
    screen(["setup", "account"], async () => (await import("./features/setup/setup-screen.tsx")).SetupScreen),
  ),
  route(
    "/invite/:token",
    "bare",
    screen(
      ["setup", "account"],
      async () => (await import("./features/setup/invite-screen.tsx")).InviteScreen,
    ),
  ),
  route(
    "/signin",
    "bare",
    screen(
      ["sign-in", "account", "second-factor"],
      async () => (await import("./features/sign-in/sign-in-screen.tsx")).SignInScreen,
    ),
  ),
  route(
    "/",
    "account",
    screen(["home"], async () => (await import("./features/home/home-screen.tsx")).HomeScreen),
  ),
  route("/meetings/new", "account", Schedule),
  route("/meetings/:id/edit", "account", Schedule),
  route(
    "/meetings/:id",
    "account",
    screen(
      ["meeting-detail", "rules"],
      async () => (await import("./features/meeting-detail/meeting-detail-screen.tsx")).MeetingDetailScreen,
    ),
  ),
  route(
    "/admin/users",
    "account",
    screen(
      ["people", "second-factor"],
      async () => (await import("./features/people/people-screen.tsx")).PeopleScreen,
    ),
  ),
  route(
    "/admin/organisation",
    "account",
    screen(
      ["organisation", "second-factor", "me"],
      async () => (await import("./features/organisation/organisation-screen.tsx")).OrganisationScreen,
    ),
  ),
  route(
    "/admin/integrations",
    "account",
    screen(
      ["integrations"],
      async () => (await import("./features/integrations/integrations-screen.tsx")).IntegrationsScreen,
    ),
  ),
  // One entry for all of them: what every visitor loads need not list the pages of a few.
  route(
    "/barriers(?:/.+)?",
    "account",
    screen([], async () => (await import("./features/barriers/barriers-screen.tsx")).BarriersScreen),
  ),
  route(
    "/me",
    "account",
    screen(["me"], async () => (await import("./features/me/me-screen.tsx")).MeScreen),
  ),
  route(
    "/me/security",
    "account",
    screen(
      ["me", "second-factor"],
      async () => (await import("./features/me/security-screen.tsx")).SecurityScreen,
    ),
  ),
];

export const { Component: NotFound } = screen(
  ["not-found"],
  async () => (await import("./features/not-found/not-found-screen.tsx")).NotFoundScreen,
);
export const AccountFrame = lazy(async () => {
  const [frame] = await Promise.all([
    import("./features/shell/account-frame.tsx"),
    loadWords("shell", "account"),
  ]);
  return { default: frame.AccountFrame };
});

export interface FoundRoute {
  readonly route: ScreenRoute;
  readonly params: RouteParams;
}

/** The page of an address and the identifiers in it; undefined for an address that does not exist. */
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
