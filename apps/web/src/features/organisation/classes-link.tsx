import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Section } from "../../ui/page.tsx";

/** The classes have a page of their own (CNF-2). */
export function ClassesLink(): ReactNode {
  const t = useWords("organisation");
  return (
    <Section title={t("classes")} note={t("classes.note")}>
      <div>
        <Link href="/admin/organisation/classes" className={buttonClass()}>
          {t("classes.open")}
        </Link>
      </div>
    </Section>
  );
}
