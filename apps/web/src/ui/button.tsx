import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./button.module.css";
import { cx } from "./cx.ts";

export type ButtonKind = "primary" | "default" | "quiet" | "danger" | "danger-quiet";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  kind?: ButtonKind;
  size?: "normal" | "large" | "small";
  icon?: ReactNode;
  /** While it works the button keeps its place, takes no press and says these words. */
  busy?: string | undefined;
  /** Not available now; the reason must stand beside it. It stays focusable, so that it can be read. */
  unavailable?: boolean;
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps): ReactNode {
  const { kind = "default", size = "normal", icon, busy, unavailable, wide, ...rest } = props;
  const blocked = busy !== undefined || unavailable === true;
  return (
    <button
      type="button"
      {...rest}
      className={cx(buttonClass(kind, size), wide === true && styles["wide"], rest.className)}
      aria-disabled={blocked || undefined}
      aria-busy={busy !== undefined || undefined}
      onClick={blocked ? swallow : rest.onClick}
    >
      {icon}
      <span>{busy ?? rest.children}</span>
    </button>
  );
}

function swallow(event: { preventDefault: () => void; stopPropagation: () => void }): void {
  event.preventDefault();
  event.stopPropagation();
}

/** For links that look like buttons. */
export function buttonClass(
  kind: ButtonKind = "default",
  size: "normal" | "large" | "small" = "normal",
): string {
  return cx(styles["button"], styles[kind], styles[size]);
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its only name, since it shows no word. */
  label: string;
  ref?: Ref<HTMLButtonElement>;
}

/** Only for ✕ and ‹: every other icon stands beside a word. */
export function IconButton({ label, ...rest }: IconButtonProps): ReactNode {
  return <button type="button" {...rest} aria-label={label} className={cx(styles["icon"], rest.className)} />;
}
