import ChevronDown from "lucide-react/icons/chevron-down";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { keyOf } from "./ime.ts";
import { Name } from "./person-name.tsx";
import { useOutsidePress } from "./popover.tsx";
import styles from "./search-select.module.css";

export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly note?: string | undefined;
}

export interface SearchSelectProps {
  label: string;
  /** What is chosen now. */
  value: Choice | undefined;
  /** What the search found; the list is the server's, not all there is. */
  found: readonly Choice[];
  onSearch: (text: string) => void;
  onPick: (choice: Choice) => void;
  placeholder: string;
  nothing: string;
  /** Below the list: how many more there are. */
  foot?: string | undefined;
  id?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
  strong?: boolean;
}

/**
 * A choice among more things than a list can hold: typing searches, arrows walk, Enter takes, Escape gives back what
 * was there. It stands in the page itself, so that it works inside a modal dialog too.
 */
export function SearchSelect(props: SearchSelectProps): ReactNode {
  const listId = useId();
  const root = useRef<HTMLDivElement>(null);
  const list = useSearchList(props);
  useOutsidePress(root, list.open, list.giveUp);
  const active = props.found[list.at];
  return (
    <div ref={root} className={cx(styles["root"], props.strong === true && styles["strong"])}>
      <input
        id={props.id}
        type="text"
        role="combobox"
        className={styles["input"]}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid === true || undefined}
        aria-expanded={list.open}
        aria-controls={list.open ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={list.open && active !== undefined ? `${listId}${active.id}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={props.placeholder}
        value={list.text ?? props.value?.name ?? ""}
        onFocus={(event) => event.currentTarget.select()}
        onClick={list.show}
        onChange={(event) => list.type(event.target.value)}
        onKeyDown={list.onKey}
        onBlur={(event) => {
          if (root.current?.contains(event.relatedTarget) !== true) list.giveUp();
        }}
      />
      <ChevronDown aria-hidden="true" />
      {list.open && (
        <div className={styles["layer"]}>
          <div id={listId} role="listbox" aria-label={props.label} className={styles["list"]}>
            {props.found.map((choice, index) => (
              <Row
                key={choice.id}
                id={`${listId}${choice.id}`}
                choice={choice}
                active={index === list.at}
                selected={choice.id === props.value?.id}
                onTake={() => list.take(choice)}
              />
            ))}
          </div>
          {props.found.length === 0 && <p className={styles["foot"]}>{props.nothing}</p>}
          {props.foot !== undefined && props.found.length > 0 && (
            <p className={styles["foot"]}>{props.foot}</p>
          )}
        </div>
      )}
    </div>
  );
}

interface RowProps {
  id: string;
  choice: Choice;
  active: boolean;
  selected: boolean;
  onTake: () => void;
}

function Row({ id, choice, active, selected, onTake }: RowProps): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // The keys belong to the field; a press must not take the focus from it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={selected}
      className={cx(styles["item"], active && styles["active"])}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      <Name>{choice.name}</Name>
      {choice.note !== undefined && choice.note !== "" && (
        <span className={styles["note"]}>
          <Name>{choice.note}</Name>
        </span>
      )}
    </div>
  );
}

/** What is typed and where the walk stands. No text: nobody is searching, and the field shows what is chosen. */
function useSearchList({ found, onSearch, onPick }: SearchSelectProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | undefined>(undefined);
  const [at, setAt] = useState(0);
  const search = (next: string | undefined) => {
    setText(next);
    setAt(0);
    onSearch(next ?? "");
  };
  const close = () => {
    setOpen(false);
    if (text !== undefined) search(undefined);
  };
  const take = (choice: Choice) => {
    onPick(choice);
    setOpen(false);
    search(undefined);
  };
  const walk = (to: number) => {
    setOpen(true);
    setAt(found.length === 0 ? 0 : (to + found.length) % found.length);
  };
  const onKey = (event: KeyboardEvent) => {
    const key = keyOf(event);
    const choice = found[at];
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      walk(open ? at + (key === "ArrowDown" ? 1 : -1) : at);
    } else if (key === "Enter" && open && choice !== undefined) {
      event.preventDefault();
      take(choice);
    } else if (key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  const type = (next: string) => {
    setOpen(true);
    search(next);
  };
  return { open, text, at, type, take, onKey, show: () => setOpen(true), giveUp: close };
}
