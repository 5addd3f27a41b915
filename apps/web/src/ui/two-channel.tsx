import type { ReactNode } from "react";
import styles from "./two-channel.module.css";

export interface Channel {
  readonly title: string;
  readonly status?: ReactNode;
  readonly body: ReactNode;
  readonly note?: ReactNode;
}

/** Two cards with a dashed gap: they go by different ways, so there is never one button for both. */
export function TwoChannel({ first, second }: { first: Channel; second: Channel }): ReactNode {
  return (
    <div className={styles["pair"]}>
      <ChannelCard step="1" channel={first} />
      <ChannelCard step="2" channel={second} />
    </div>
  );
}

function ChannelCard({ step, channel }: { step: string; channel: Channel }): ReactNode {
  return (
    <section className={styles["card"]} aria-label={channel.title}>
      <header className={styles["head"]}>
        <span className={styles["step"]}>{step}</span>
        <h3 className={styles["title"]}>{channel.title}</h3>
        {channel.status}
      </header>
      {channel.body}
      {channel.note !== undefined && <div className={styles["note"]}>{channel.note}</div>}
    </section>
  );
}
