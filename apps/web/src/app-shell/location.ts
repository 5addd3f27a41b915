/** The address, for pages that do not carry the router's links: it is the same history that `wouter` listens to. */
import { createContext, useContext } from "react";

export { navigate, usePathname } from "wouter/use-browser-location";

export type RouteParams = Readonly<Record<string, string>>;

export const ParamsContext = createContext<RouteParams>({});

/** An identifier of the address, e.g. `link` of `/m/:link`; empty where the route has none of this name. */
export function useParam(name: string): string {
  return useContext(ParamsContext)[name] ?? "";
}
