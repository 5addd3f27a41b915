import "./aria-press-style.ts";
import Pencil from "lucide-react/icons/pencil";
import X from "lucide-react/icons/x";
import { useState, type ReactNode } from "react";
import { ComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { cx } from "./cx.ts";
import { useUiLocale } from "./locale.ts";
import { Name } from "./person-name.tsx";
import styles from "./person-picker.module.css";

export interface Pick {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

export interface PersonPickerProps {
  label: string;
  placeholder: string;
  /** What the search found; already without those who are chosen. */
  found: readonly Pick[];
  onSearch: (text: string) => void;
  onPick: (id: string) => void;
  nobody: string;
  describedBy?: string | undefined;
  invalid?: boolean;
}

/** One search box; picking empties it, so that the next one can be looked for at once. */
export function PersonPicker(props: PersonPickerProps): ReactNode {
  const { lang } = useUiLocale();
  const [text, setText] = useState("");
  const search = (next: string) => {
    setText(next);
    props.onSearch(next);
  };
  return (
    <I18nProvider locale={lang === "ja" ? "ja-JP" : "en-GB"}>
      <ComboBox
        aria-label={props.label}
        {...(props.describedBy === undefined ? {} : { "aria-describedby": props.describedBy })}
        isInvalid={props.invalid === true}
        className={styles["picker"] ?? ""}
        items={props.found}
        inputValue={text}
        onInputChange={search}
        selectedKey={null}
        onSelectionChange={(key) => {
          if (key === null) return;
          props.onPick(String(key));
          search("");
        }}
        menuTrigger="input"
        allowsEmptyCollection
      >
        <Input className={styles["input"] ?? ""} placeholder={props.placeholder} spellCheck={false} />
        <Popover className={styles["popover"] ?? ""}>
          <ListBox<Pick>
            className={styles["list"] ?? ""}
            renderEmptyState={() => <p className={styles["empty"]}>{props.nobody}</p>}
          >
            {(pick) => (
              <ListBoxItem id={pick.id} textValue={pick.name} className={styles["item"] ?? ""}>
                <span>
                  <Name>{pick.name}</Name>
                </span>
                <span className={styles["note"]}>{pick.note}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </I18nProvider>
  );
}

export interface ChosenPerson {
  readonly id: string;
  readonly name: string;
  /** 組織外 */
  readonly mark?: string | undefined;
  /** What is known of them was typed here and can be changed here: what the button for it is called. */
  readonly editLabel?: string | undefined;
}

export interface ChosenProps {
  label: string;
  people: readonly ChosenPerson[];
  /** The whole sentence: 桐生 真帆を外す. */
  removeLabel: (name: string) => string;
  onRemove: (id: string) => void;
  onEdit?: (id: string) => void;
}

/** Those chosen, each with its own way out. */
export function Chosen({ label, people, removeLabel, onRemove, onEdit }: ChosenProps): ReactNode {
  if (people.length === 0) return null;
  return (
    <ul className={styles["chosen"]} aria-label={label}>
      {people.map((person) => (
        <li key={person.id} className={cx(styles["tag"], person.mark !== undefined && styles["marked"])}>
          <Name>{person.name}</Name>
          {person.mark !== undefined && <span className={styles["mark"]}>{person.mark}</span>}
          {person.editLabel !== undefined && (
            <button
              type="button"
              className={styles["remove"]}
              aria-label={person.editLabel}
              onClick={() => onEdit?.(person.id)}
            >
              <Pencil />
            </button>
          )}
          <button
            type="button"
            className={styles["remove"]}
            aria-label={removeLabel(person.name)}
            onClick={() => onRemove(person.id)}
          >
            <X />
          </button>
        </li>
      ))}
    </ul>
  );
}
