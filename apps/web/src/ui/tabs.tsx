import { useId, useRef, type ReactNode } from "react";
import { keyOf } from "./ime.ts";
import styles from "./tabs.module.css";

export interface Tab<Id extends string = string> {
  readonly id: Id;
  readonly label: ReactNode;
}

export interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly Tab<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  children: ReactNode;
}

export function Tabs<Id extends string>({
  label,
  tabs,
  value,
  onChange,
  children,
}: TabsProps<Id>): ReactNode {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const go = (step: number) => {
    const at = tabs.findIndex((tab) => tab.id === value);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.id);
    list.current?.querySelector<HTMLElement>(`[id="${id}${next.id}"]`)?.focus();
  };
  return (
    <div>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the chosen tab has the focus, not the list */}
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className={styles["list"]}
        onKeyDown={(event) => {
          const key = keyOf(event);
          if (key === "ArrowRight") go(1);
          if (key === "ArrowLeft") go(-1);
        }}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${id}${tab.id}`}
            type="button"
            role="tab"
            className={styles["tab"]}
            aria-selected={tab.id === value}
            aria-controls={`${id}panel`}
            tabIndex={tab.id === value ? 0 : -1}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}panel`} role="tabpanel" aria-labelledby={`${id}${value}`}>
        {children}
      </div>
    </div>
  );
}
