/** What the media connection has negotiated: read from the browser's own statistics, never from a text (ENC-6). */
export type MediaTransport = {
  /** As `DTLS 1.2`; null where this browser does not say. */
  readonly protocol: string | null;
  /** The suite of the handshake, by its IANA name; null where this browser does not say. */
  readonly suite: string | null;
  /** The SRTP profile without its prefix, as `AEAD_AES_256_GCM`. */
  readonly srtp: string;
  /** Made of algorithms on CRYPTREC's list alone (CRYPTREC LS-0001): the others lean on HMAC-SHA-1. */
  readonly listed: boolean;
};

const versions: Readonly<Record<string, string>> = { FEFD: "DTLS 1.2", FEFC: "DTLS 1.3" };

/** `stats`: the entries of an `RTCStatsReport`. Null while nothing has been negotiated. */
export function transportIn(stats: Iterable<unknown>): MediaTransport | null {
  for (const entry of stats) {
    const srtp = textOf(entry, "srtpCipher");
    if (textOf(entry, "type") !== "transport" || srtp === null) continue;
    return {
      protocol: versions[textOf(entry, "tlsVersion")?.toUpperCase() ?? ""] ?? null,
      suite: textOf(entry, "dtlsCipher"),
      srtp: srtp.replace(/^SRTP_/u, ""),
      listed: /^SRTP_AEAD_AES_(?:128|256)_GCM$/u.test(srtp),
    };
  }
  return null;
}

function textOf(entry: unknown, key: string): string | null {
  const value: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, key) : null;
  return typeof value === "string" && value !== "" ? value : null;
}
