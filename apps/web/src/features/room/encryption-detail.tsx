import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import type { KeysState } from "../../keys/keys-state.ts";
import { algorithms, cryptrecList, suiteNames } from "../../keys/listed.ts";
import type { MediaTransport } from "../../media/transport.ts";
import styles from "./encryption-detail.module.css";

export interface EncryptionDetailProps {
  transport: MediaTransport | null;
  /** null in meetings with transport encryption. */
  keys: KeysState | null;
}

/** ENC-6: what is in use, by the names that the standards and CRYPTREC's list use. */
export function EncryptionDetail({ transport, keys }: EncryptionDetailProps): ReactNode {
  const t = useWords("room");
  return (
    // Keyboard readers scroll it on a small screen.
    <div className={styles["detail"]} role="group" aria-label={t("details")} tabIndex={0}>
      {keys !== null && <Keys keys={keys} />}
      <h3>{t("media.title")}</h3>
      <Negotiated transport={transport} />
    </div>
  );
}

function Keys({ keys }: { keys: KeysState }): ReactNode {
  const t = useWords("room");
  const { number, date } = cryptrecList;
  return (
    <>
      {keys.alarms.map((alarm) => (
        <p key={alarm}>{t(`banner.keys.${alarm}`)}</p>
      ))}
      {keys.phase === "broken" && keys.alarms.length === 0 && <p>{t("banner.keys.broken")}</p>}
      <p>{t("keys.holders", { count: keys.holders.length })}</p>
      <h3>{t("keys.title")}</h3>
      <dl className={styles["algorithms"]}>
        {algorithms[keys.suite].map(({ use, name }) => (
          <div key={use}>
            <dt>{t(`keys.use.${use}`)}</dt>
            <dd>
              <bdi lang="en">{name}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t.rich("keys.listed", { number: <Whole>{number}</Whole>, date: <Whole>{date}</Whole> })}</p>
      <p className={styles["suite"]}>
        <bdi lang="en">{suiteNames[keys.suite]}</bdi>
      </p>
    </>
  );
}

function Whole({ children }: { children: string }): ReactNode {
  return (
    <bdi lang="en" className="nowrap">
      {children}
    </bdi>
  );
}

/** As it was negotiated, which is read from the browser and stands in no text. */
function Negotiated({ transport }: { transport: MediaTransport | null }): ReactNode {
  const t = useWords("room");
  if (transport === null) return <p>{t("media.unknown")}</p>;
  const { protocol, suite, srtp, listed } = transport;
  return (
    <>
      <p>{t(listed ? "media.listed" : "media.unlisted")}</p>
      <p>
        <bdi lang="en">{["SRTP", srtp].join(" ")}</bdi>
        <br />
        <bdi lang="en">{[protocol ?? "DTLS", suite].filter((one) => one !== null).join(" ")}</bdi>
      </p>
    </>
  );
}
