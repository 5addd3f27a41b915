/** The security bar as data (SEC-6): always these five in this order, never a last value passed off as the present. */
import type { RoomMeta } from "@sekisho/contract";
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
): readonly BarItem[] {
  const items: readonly BarItem[] = [
    {
      id: "encryption",
      key: `encryption.${meta.encryption}`,
      params: {},
      tone: transport?.listed === false ? "warn" : "plain",
    },
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
