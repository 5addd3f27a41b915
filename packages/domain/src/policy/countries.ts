/** In whose country media may be processed (CNF-1; seed 002, 3.1 and 5). */
import type { PolicyValues } from "./values.ts";

/**
 * 輸出管理上のグループ A: the countries of 別表第3 of the Export Trade Control Order (輸出貿易管理令, 昭和 24 年政令
 * 第 378 号), ISO 3166-1 alpha-2. As amended with effect from 21 July 2023, when the Republic of Korea came back; 27
 * countries, looked up on 28 November 2026. Japan itself is not on its own list.
 */
export const groupACountries = [
  ...(["AR", "AU", "AT", "BE", "BG", "CA", "CZ", "DK", "FI"] as const),
  ...(["FR", "DE", "GR", "HU", "IE", "IT", "LU", "NL", "NZ"] as const),
  ...(["NO", "PL", "PT", "KR", "ES", "SE", "CH", "GB", "US"] as const),
] as const;

/** `unknown`: the operator has not said in which country the media server stands; nobody may claim that it is allowed. */
export type RegionFit = "allowed" | "notAllowed" | "unknown";

/** `home`: the organisation's own country, ISO 3166-1 alpha-2; it is allowed wherever a group is. */
export function regionFit(regions: PolicyValues["regions"], country: string | null, home: string): RegionFit {
  if (regions === "any") return "allowed";
  if (country === null || country === "") return "unknown";
  const isHome = country.toUpperCase() === home.toUpperCase();
  if (regions === "home") return isHome ? "allowed" : "notAllowed";
  return isHome || groupACountries.some((one) => one === country.toUpperCase()) ? "allowed" : "notAllowed";
}
