import "./theme/tokens.css";
import "./theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { findRoute } from "./routes.ts";
import { currentLanguage, loadWords } from "./i18n/words.ts";
import { loadFontWhereMissing } from "./theme/fonts.ts";
import { startTheme } from "./theme/theme.ts";

startTheme();
document.documentElement.lang = currentLanguage();

const root = document.querySelector("#root");
if (root === null) throw new Error("the page has no #root");

// One round trip less: the screen of this address loads together with the common words.
findRoute(location.pathname)?.route.screen.preload();
await loadWords("common");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// After the first draw: the fallback is readable, and most devices need nothing at all.
void loadFontWhereMissing();
