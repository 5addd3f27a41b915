import "../theme/tokens.css";
import "../theme/base.css";
import "@fontsource-variable/noto-sans-jp/wght.css";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { UiProvider } from "../app-shell/ui-provider.tsx";
import { isLang } from "../i18n/language.ts";
import { loadWords, setLanguage } from "../i18n/words.ts";
import { setThemeChoice, startTheme } from "../theme/theme.ts";
import { Announcer } from "../ui/announcer.tsx";
import { Index } from "./index-page.tsx";
import { registry } from "./registry.ts";

const query = new URLSearchParams(location.search);
const lang = query.get("lang");
const chosen = registry.find((state) => state.id === query.get("state"));
const language = isLang(lang) ? lang : "ja";

startTheme();
setThemeChoice(query.get("theme") === "dark" ? "dark" : "light");
await loadWords("common", ...(chosen?.words ?? []));
await setLanguage(language);

const root = document.querySelector("#root");
if (root === null) throw new Error("the page has no #root");
document.title = chosen?.id ?? "Gallery";
createRoot(root).render(
  <UiProvider timeZone="Asia/Tokyo">
    <Announcer />
    <Router hook={memoryLocation({ path: "/" }).hook}>
      {chosen === undefined ? <Index ids={registry.map((state) => state.id)} /> : chosen.render(language)}
    </Router>
  </UiProvider>,
);
// The test waits for this: words are drawn and the font that draws them is there.
await document.fonts.ready;
requestAnimationFrame(() =>
  requestAnimationFrame(() => document.documentElement.setAttribute("data-ready", "")),
);
