import type { MeetingDetail } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Card, Section } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import styles from "./detail.module.css";

/** Facts for everybody who may open the page: no settings, no link secrets. */
export function About({ meeting }: { meeting: MeetingDetail }): ReactNode {
  const t = useWords("meeting-detail");
  const description = meeting.settings?.description ?? "";
  return (
    <Section title={t("about")}>
      <Card>
        <dl className={styles["facts"]}>
          {meeting.number !== null && <Item label={t("number")}>{meeting.number}</Item>}
          <Item label={t("verifier")}>
            {meeting.verifier === null ? t("nobody") : <Name>{meeting.verifier.displayName}</Name>}
          </Item>
          <Item label={t("coHosts")}>
            {meeting.coHosts.length === 0 ? t("nobody") : <Names people={meeting.coHosts} />}
          </Item>
          {meeting.recurring && (
            <Item label={t("nextDates")}>
              <ul>
                {meeting.occurrences.map((one) => (
                  <li key={one.startsAt}>
                    <DateText from={one.startsAt} to={one.endsAt} />
                  </li>
                ))}
              </ul>
            </Item>
          )}
          {description !== "" && (
            <Item label={t("description")}>
              <p className={styles["description"]}>{description}</p>
            </Item>
          )}
        </dl>
      </Card>
    </Section>
  );
}

function Names({ people }: { people: MeetingDetail["coHosts"] }): ReactNode {
  return (
    <ul>
      {people.map((person) => (
        <li key={person.id}>
          <Name>{person.displayName}</Name>
        </li>
      ))}
    </ul>
  );
}

function Item({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles["item"]}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
