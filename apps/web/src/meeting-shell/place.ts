import type { RoomMeta } from "@sekisho/contract";

type Region = NonNullable<RoomMeta["region"]>;

/** 日本（東京） / Japan (Tokyo): the country by its code, the place in the administrator's own words. */
export function placeName({ country, label }: Region, lang: "ja" | "en"): string {
  const name = countryName(country, lang);
  if (name === "") return label;
  return lang === "ja" ? `${name}（${label}）` : `${name} (${label})`;
}

/** What is no country code stays as it was written. */
function countryName(code: string, lang: "ja" | "en"): string {
  if (!/^[A-Z]{2}$/u.test(code)) return code;
  return new Intl.DisplayNames([lang], { type: "region" }).of(code) ?? code;
}
