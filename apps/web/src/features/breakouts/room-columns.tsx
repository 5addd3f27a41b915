import type { BreakoutsView, PersonView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import styles from "./breakouts.module.css";
import { columnsOf, mayPlace, type Column } from "./breakouts-model.ts";
import { NameField } from "./name-field.tsx";

export interface RoomColumnsProps {
  people: readonly PersonView[];
  selfId: string;
  view: BreakoutsView;
  onPlace: (admissionId: string, breakoutId: string | null) => void;
  /** While rooms are closed. */
  onRename?: (id: string, name: string) => Promise<boolean>;
  onRemove?: (id: string) => void;
  /** While they are open. */
  onVisit?: (id: string | null) => void;
}

/** Rooms as columns, people as rows with a list of rooms. Dragging does the same and is never the only way. */
export function RoomColumns(props: RoomColumnsProps): ReactNode {
  return (
    <div className={styles["columns"]}>
      {columnsOf(props.view, props.people).map((column) => (
        <RoomColumn key={column.id ?? ""} column={column} {...props} />
      ))}
    </div>
  );
}

type OneColumn = RoomColumnsProps & { column: Column };

function RoomColumn(props: OneColumn): ReactNode {
  const t = useWords("breakouts");
  const { column, view, people, selfId, onPlace } = props;
  const name = column.name ?? t(view.phase === "closed" ? "unassigned" : "main");
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is extra: each row has a list
    <section
      className={styles["column"]}
      aria-label={t("column", { room: name, count: column.people.length })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const person = people.find((one) => one.id === event.dataTransfer.getData("text/plain"));
        if (person !== undefined && mayPlace(view, person, selfId)) onPlace(person.id, column.id);
      }}
    >
      <ColumnHead {...props} name={name} />
      {column.people.length === 0 ? (
        <p className={styles["nobody"]}>{t("nobody")}</p>
      ) : (
        <ul>
          {column.people.map((person) => (
            <PersonLine key={person.id} {...props} person={person} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ColumnHead({
  column,
  view,
  onRename,
  onRemove,
  onVisit,
  name,
}: OneColumn & { name: string }): ReactNode {
  const t = useWords("breakouts");
  const { id, people } = column;
  if (id !== null && onRename !== undefined && onRemove !== undefined)
    return (
      <header className={styles["head"]}>
        <NameField key={name} name={name} onRename={(next) => onRename(id, next)} />
        <span>{t("count", { count: people.length })}</span>
        <Button
          kind="quiet"
          size="small"
          aria-label={t("removeOf", { room: name })}
          onClick={() => onRemove(id)}
        >
          {t("remove")}
        </Button>
      </header>
    );
  const elsewhere = id !== view.ownId && (id === null || view.phase === "open");
  return (
    <header className={styles["head"]}>
      <h3>{name}</h3>
      <span>{t("count", { count: people.length })}</span>
      {onVisit !== undefined && elsewhere && (
        <Button
          size="small"
          aria-label={id === null ? t("act.return") : t("act.join", { room: name })}
          onClick={() => onVisit(id)}
        >
          {t(id === null ? "back" : "enter")}
        </Button>
      )}
    </header>
  );
}

function PersonLine({
  person,
  column,
  view,
  selfId,
  onPlace,
}: OneColumn & { person: PersonView }): ReactNode {
  const t = useWords("breakouts");
  const live = useWords("live");
  const free = mayPlace(view, person, selfId);
  const hosting = person.role === "host" || person.role === "coHost";
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging is extra: the list beside it does the same
    <li
      className={styles["person"]}
      draggable={free}
      onDragStart={(event) => event.dataTransfer.setData("text/plain", person.id)}
    >
      <span className={styles["who"]}>
        <PersonName name={person.displayName} affiliation={person.affiliation} fit="short" layout="stacked" />
        {!person.connected && <small>{live("away")}</small>}
      </span>
      {free ? (
        <SelectBox
          aria-label={t("roomOf", { name: person.displayName })}
          value={column.id ?? ""}
          options={[
            { value: "", label: t(view.phase === "closed" ? "unassigned" : "main") },
            ...view.rooms.map((room) => ({ value: room.id, label: room.name })),
          ]}
          onChange={(value) => onPlace(person.id, value === "" ? null : value)}
        />
      ) : (
        hosting && (
          <small className={styles["role"]}>
            {live(person.role === "host" ? "role.host" : "role.coHost")}
          </small>
        )
      )}
    </li>
  );
}
