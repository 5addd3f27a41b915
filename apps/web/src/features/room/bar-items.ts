/** The security bar as data (SEC-6): always these five in this order, never a last value passed off as the present. */
import type { RoomMeta } from "@sekisho/contract";
import type { KeysState } from "../../keys/keys-state.ts";
import type { MediaTransport } from "../../media/transport.ts";

export type BarKey = "encryption" | "lock" | "recording" | "region" | "verified";

export type BarItem = {
  readonly id: BarKey;
  /** Catalogue key; `<key>.short` and `<key>.detail` stand beside it. null: not known now. */
  readonly key: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly tone: "plain" | "warn" | "danger";
};

type Meta = Pick<RoomMeta, "encryption" | "locked" | "recording" | "region" | "externals">;

/** `transport`: of the media connection, null where it is not known. Off the list it warns (ENC-6). */
export function barItems(
  meta: Meta,
  fresh: boolean,
  transport: Pick<MediaTransport, "listed"> | null = null,
  keys: KeysState | null = null,
): readonly BarItem[] {
  const unlisted = transport?.listed === false;
  const items: readonly BarItem[] = [
    meta.encryption === "e2ee" ? endToEnd(keys, unlisted) : inTransit(unlisted),
    lockItem(meta),
    { id: "recording", key: `recording.${meta.recording}`, params: {}, tone: "plain" },
    meta.region === null
      ? { id: "region", key: "region.unknown", params: {}, tone: "warn" }
      : { id: "region", key: "region", params: { ...meta.region }, tone: "plain" },
    verifiedItem(meta),
  ];
  if (fresh) return items;
  return items.map((item) => ({ id: item.id, key: null, params: {}, tone: "warn" }));
}

function inTransit(unlisted: boolean): BarItem {
  return { id: "encryption", key: "encryption.transport", params: {}, tone: unlisted ? "warn" : "plain" };
}

/** That the server cannot decrypt is said once this device holds the keys, and not while one of them is in doubt. */
function endToEnd(keys: KeysState | null, unlisted: boolean): BarItem {
  const item = { id: "encryption", params: {}, tone: "warn" } as const;
  if (keys === null) return { ...item, key: null };
  if (keys.phase === "broken" || keys.alarms.length > 0)
    return { ...item, key: "encryption.e2ee.alarm", tone: "danger" };
  if (keys.phase !== "ready") return { ...item, key: "encryption.e2ee.preparing" };
  if (keys.awaiting > 0)
    return { ...item, key: "encryption.e2ee.awaiting", params: { count: keys.awaiting } };
  return { ...item, key: "encryption.e2ee", tone: unlisted ? "warn" : "plain" };
}

function lockItem({ locked }: Meta): BarItem {
  if (locked === null) return { id: "lock", key: "lock.off", params: {}, tone: "plain" };
  return { id: "lock", key: "lock.on", params: { name: locked.byName, at: locked.at }, tone: "plain" };
}

function verifiedItem({ externals }: Meta): BarItem {
  const { present, unverified } = externals;
  if (present === 0) return { id: "verified", key: "verified.none", params: {}, tone: "plain" };
  if (unverified > 0)
    return { id: "verified", key: "verified.some", params: { count: unverified, present }, tone: "warn" };
  return { id: "verified", key: "verified.all", params: { count: present }, tone: "plain" };
}
