import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useState, type ReactNode } from "react";
import { announce } from "./announcer.tsx";
import { Button, type ButtonProps } from "./button.tsx";
import styles from "./copy.module.css";

export interface CopyButtonProps extends Pick<ButtonProps, "size" | "wide"> {
  text: string;
  label: string;
  done: string;
  failed: string;
}

/** Says in its own place that it has copied, so that nothing has to be looked for. */
export function CopyButton({
  text,
  label,
  done,
  failed,
  size = "normal",
  wide = false,
}: CopyButtonProps): ReactNode {
  const [state, setState] = useState<"idle" | "done" | "failed">("idle");
  const copy = async () => {
    const next = await write(text);
    setState(next);
    announce(next === "done" ? done : failed);
  };
  const words = { idle: label, done, failed }[state];
  return (
    <Button
      size={size}
      wide={wide}
      icon={state === "done" ? <Check /> : <Copy />}
      onClick={() => void copy()}
      onBlur={() => setState("idle")}
    >
      {words}
    </Button>
  );
}

async function write(text: string): Promise<"done" | "failed"> {
  try {
    await navigator.clipboard.writeText(text);
    return "done";
  } catch {
    return "failed";
  }
}

/** A read-only value in a well: a link, a code. It can be selected whole by one press. */
export function Well({
  children,
  action,
  label,
}: {
  children: string;
  action?: ReactNode;
  label: string;
}): ReactNode {
  return (
    <div className={styles["well"]}>
      <output aria-label={label} className={styles["text"]}>
        {children}
      </output>
      {action}
    </div>
  );
}
