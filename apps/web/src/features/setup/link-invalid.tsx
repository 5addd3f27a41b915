import type { ReactNode } from "react";
import { BarePage } from "../../app-shell/bare-page.tsx";
import { Note } from "../../ui/note.tsx";

export function LinkInvalid({ title, children }: { title: string; children: string }): ReactNode {
  return (
    <BarePage title={title}>
      <Note tone="warn">{children}</Note>
    </BarePage>
  );
}
