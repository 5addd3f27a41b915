/** What the page knows of the keys of an end-to-end encrypted meeting (ENC-2, ENC-4). The keys themselves are in the worker. */
import type { Suite } from "@sekisho/e2ee";

/**
 * What this device knows of somebody's key. `new`: seen for the first time. `known`: of this account in an earlier meeting.
 * `checked`: compared aloud by means of a safety code (鍵を確認). `changed`: this account had another key before.
 */
export type KeyTrust = "new" | "known" | "checked" | "changed";

export type KeyHolder = {
  /** The admission's id: the same as in the list of people. */
  readonly id: string;
  /** As the person's own device wrote it when asking; what the screen shows comes from the server. */
  readonly name: string;
  readonly trust: KeyTrust;
  /** May add and remove others, by the policy inside the group (ENC-7). */
  readonly admits: boolean;
};

/** The code of one epoch: 30 digits. An open dialog goes on showing the one it was opened with. */
export type SafetyCode = {
  readonly digits: string;
  /** ms since 1970 UTC, by this device. */
  readonly since: number;
  /** What made it new; null for the first one that this device saw. */
  readonly because: {
    readonly what: "joined" | "left" | "renewed" | "begunAnew";
    readonly names: readonly string[];
  } | null;
};

/**
 * `forked`: what the server handed on does not fit together; this device sends nothing any more. `swapped`: the key package
 * is not of the device that was seen in the verification call. `clearMedia`: a medium came unencrypted and was not played.
 * `namesDiffer`: the server shows somebody under another name than their device has signed.
 */
export type KeysAlarm = "forked" | "swapped" | "clearMedia" | "namesDiffer";

export type KeysState = {
  /**
   * `preparing`: the device makes its keys. `waiting`: offered, and added by nobody yet. `ready`: in the group.
   * `broken`: after an alarm that nothing goes on from but leaving.
   */
  readonly phase: "preparing" | "waiting" | "ready" | "broken";
  readonly suite: Suite;
  readonly holders: readonly KeyHolder[];
  readonly code: SafetyCode | null;
  /** People who are in the meeting, and whose keys are still on the way. */
  readonly awaiting: number;
  readonly alarms: readonly KeysAlarm[];
};

/** One end-to-end encrypted meeting, as the page's parts use it. */
export type Keys = {
  readonly getState: () => KeysState;
  readonly subscribe: (listener: () => void) => () => void;
  /** 「全員と同じだった」: marks everybody who held keys when this code was shown as checked on this device. */
  readonly markChecked: (code: SafetyCode) => Promise<void>;
};
