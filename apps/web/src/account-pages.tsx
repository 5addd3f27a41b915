import { Suspense, type ReactNode } from "react";
import { accountRoutes } from "./account-routes.ts";
import { ParamsContext, usePathname } from "./app-shell/location.ts";
import { AccountFrame } from "./features/shell/account-frame.tsx";
import { findIn, NotFound } from "./routes.ts";

// The screen of this address starts to load with its frame, not after it.
findIn(accountRoutes, location.pathname)?.route.screen.preload();

/** The frame stays where it is while one goes from page to page inside it. */
export function AccountPages(): ReactNode {
  const found = findIn(accountRoutes, usePathname());
  if (found === undefined) return <NotFound />;
  const { Component } = found.route.screen;
  return (
    <AccountFrame>
      <ParamsContext value={found.params}>
        <Suspense>
          <Component key={found.route.path} />
        </Suspense>
      </ParamsContext>
    </AccountFrame>
  );
}
