import { Component, type ReactNode } from "react";
import { currentLanguage, wordsOf } from "../i18n/words.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

interface State {
  readonly failed: boolean;
}

/** A screen whose code did not arrive, or that broke: one sentence and a way out, never a white page. */
export class LoadBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const t = wordsOf(currentLanguage(), "common");
    return (
      <main id="main" tabIndex={-1}>
        <EmptyState
          text={t("loadFailed")}
          action={<Button onClick={() => location.reload()}>{t("retry")}</Button>}
        />
      </main>
    );
  }
}
