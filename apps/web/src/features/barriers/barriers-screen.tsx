import { Suspense, type ReactNode } from "react";
import { ParamsContext, usePathname } from "../../app-shell/location.ts";
import { findIn, NotFound, screen } from "../../routes.ts";

/** The pages under `/barriers`, each with its own code and words. */
const pages = [
  {
    path: "/barriers",
    screen: screen(["barriers"], async () => (await import("./policies-screen.tsx")).PoliciesScreen),
  },
  {
    path: "/barriers/policies/:policyId",
    screen: screen(["barriers"], async () => (await import("./policy-screen.tsx")).PolicyScreen),
  },
  {
    path: "/barriers/groups",
    screen: screen(
      ["barriers", "barriers-groups"],
      async () => (await import("./groups-screen.tsx")).GroupsScreen,
    ),
  },
  {
    path: "/barriers/groups/:groupId",
    screen: screen(
      ["barriers", "barriers-groups"],
      async () => (await import("./group-screen.tsx")).GroupScreen,
    ),
  },
  {
    path: "/barriers/matrix",
    screen: screen(["barriers"], async () => (await import("./matrix-screen.tsx")).MatrixScreen),
  },
  {
    path: "/barriers/sync",
    screen: screen(["barriers", "barriers-sync"], async () => (await import("./sync-screen.tsx")).SyncScreen),
  },
  {
    path: "/barriers/explain",
    screen: screen(
      ["barriers", "barriers-explain"],
      async () => (await import("./explain-screen.tsx")).ExplainScreen,
    ),
  },
  {
    path: "/barriers/settings",
    screen: screen(
      ["barriers", "barriers-settings"],
      async () => (await import("./settings-screen.tsx")).SettingsScreen,
    ),
  },
] as const;

export function BarriersScreen(): ReactNode {
  const found = findIn(pages, usePathname());
  if (found === undefined) return <NotFound />;
  const { Component } = found.route.screen;
  return (
    <ParamsContext value={found.params}>
      <Suspense>
        <Component key={found.route.path} />
      </Suspense>
    </ParamsContext>
  );
}
