import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Section } from "../../ui/page.tsx";

/** The way to the form and the people who have registered (INV-5). */
export function RegistrationLink({ meetingId }: { meetingId: string }): ReactNode {
  const t = useWords("meeting-detail");
  return (
    <Section title={t("registration")} note={t("registration.note")}>
      <div>
        <Link href={`/meetings/${meetingId}/registrations`} className={buttonClass()}>
          {t("registration.open")}
        </Link>
      </div>
    </Section>
  );
}
