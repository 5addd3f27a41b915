/** One `m=` section, as far as the gate cares. `sends`: its author sends media there; `receives`: takes it. */
export type MediaSection = {
  readonly media: "audio" | "video" | "other";
  readonly mid: string;
  readonly sends: boolean;
  readonly receives: boolean;
  /** The track id of `a=msid`, which is the client's id of the track in most browsers. */
  readonly trackId: string | undefined;
};

const maxSections = 1000;

/**
 * Makes the offering browser the DTLS client. LiveKit then is the server, which chooses the SRTP profile, and
 * it prefers AEAD_AES_256_GCM; as DTLS server a browser would choose AES128_CM_HMAC_SHA1_80 (ENC-6).
 */
export function offerActive(sdp: string): string {
  return sdp.replace(/^a=setup:actpass(?=\r?$)/gm, "a=setup:active");
}

/** `undefined` when there are more sections than any page of ours makes. */
export function mediaSections(sdp: string): readonly MediaSection[] | undefined {
  const parts = sdp.split(/^m=/m).slice(1);
  return parts.length > maxSections ? undefined : parts.map(section);
}

function section(part: string): MediaSection {
  const lines = part.split(/\r?\n/);
  const [name = "", port = "0"] = (lines[0] ?? "").split(" ");
  const direction = lines.findLast((line) => /^a=(?:sendrecv|sendonly|recvonly|inactive)$/.test(line));
  const open = port !== "0" || lines.includes("a=bundle-only");
  return {
    media: name === "audio" || name === "video" ? name : "other",
    mid: valueOf(lines, "a=mid:") ?? "",
    // Without a direction line a section is sendrecv (RFC 8866 section 6.7).
    sends: open && direction !== "a=recvonly" && direction !== "a=inactive",
    receives: open && direction !== "a=sendonly" && direction !== "a=inactive",
    trackId: valueOf(lines, "a=msid:")?.split(" ")[1],
  };
}

function valueOf(lines: readonly string[], prefix: string): string | undefined {
  return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length);
}
