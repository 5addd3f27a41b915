import { Component, type ReactNode } from "react";
import { currentLanguage, wordsOf } from "../i18n/words.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";

interface State {
  readonly failed: boolean;
}

/** A part of the room whose code did not arrive: the meeting goes on around it, and a reload comes back into it. */
export class PartBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const t = wordsOf(currentLanguage(), "common");
    return (
      <Banner
        tone="warn"
        action={
          <Button size="small" onClick={() => location.reload()}>
            {t("retry")}
          </Button>
        }
      >
        {t("loadFailed")}
      </Banner>
    );
  }
}
