import "../theme/tokens.css";
import "../theme/base.css";
import "@fontsource-variable/noto-sans-jp/wght.css";
import { createRoot, type Root } from "react-dom/client";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { UiProvider } from "../app-shell/ui-provider.tsx";
import { isLang } from "../i18n/language.ts";
import { loadWords, setLanguage } from "../i18n/words.ts";
import { setThemeChoice, startTheme } from "../theme/theme.ts";
import { Announcer } from "../ui/announcer.tsx";
import { Index } from "./index-page.tsx";
import { registry } from "./registry.ts";

const place = document.querySelector("#root");
if (place === null) throw new Error("the page has no #root");
let root: Root | undefined;
startTheme();

/** Draws the state that the address names, in a tree of its own. The walk goes from one to the next without a reload. */
async function draw(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const lang = query.get("lang");
  const language = isLang(lang) ? lang : "ja";
  const chosen = registry.find((state) => state.id === query.get("state"));
  root?.unmount();
  setThemeChoice(query.get("theme") === "dark" ? "dark" : "light");
  await loadWords("common", ...(chosen?.words ?? []));
  await setLanguage(language);
  document.title = chosen?.id ?? "Gallery";
  scrollTo(0, 0);
  root = createRoot(place ?? document.body);
  root.render(
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
    requestAnimationFrame(() => document.documentElement.setAttribute("data-ready", chosen?.id ?? "")),
  );
}

addEventListener("popstate", () => void draw());
await draw();
