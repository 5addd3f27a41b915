import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./guest-frame.module.css";
import { LogoMark } from "./logo.tsx";
import { Name } from "./person-name.tsx";

export interface GuestFrameProps {
  /** Of the organisation, never the host's. */
  organisation: string;
  /** Class badge, language. */
  side?: ReactNode;
  /** The fixed foot with what can be done. */
  foot?: ReactNode;
  /** A foot of one quiet button needs no bar of its own. */
  plainFoot?: boolean;
  /** Two columns where there is room: the first child stands left. */
  wide?: boolean;
  /** For messages that stand alone. */
  centred?: boolean;
  children: ReactNode;
}

/** Before and after the meeting: one column, header, fixed foot. */
export function GuestFrame(props: GuestFrameProps): ReactNode {
  return (
    <div className={cx(styles["page"], props.wide === true && styles["wide"])}>
      <header className={styles["head"]}>
        <div className={styles["who"]}>
          <LogoMark size={24} />
          <span className={styles["organisation"]}>
            <Name>{props.organisation}</Name>
          </span>
        </div>
        {props.side !== undefined && <div className={styles["side"]}>{props.side}</div>}
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={cx(styles["main"], props.centred === true && styles["centred"])}
      >
        {props.children}
      </main>
      {props.foot !== undefined && (
        <footer className={cx(styles["foot"], props.plainFoot === true && styles["plain"])}>
          <div className={styles["foot-inner"]}>{props.foot}</div>
        </footer>
      )}
    </div>
  );
}
