/**
 * The one way to change an instance (architecture.md §5). Commands for one instance queue up; a transaction takes the
 * whole queue: it locks the instance's row, reads the versions of policy behind that lock, brings the folded state up
 * to date, decides each command in order, writes events, effects and the notification, and commits. So many people
 * acting at one instant, in several processes, cost few transactions and see one order (ADM-5).
 */
import {
  applyTo,
  decide,
  draftOf,
  fold,
  type BarrierContext,
  type Command,
  type Decision,
  type Draft,
  type GateLimits,
  type InstanceState,
  type Principal,
  type RecordedEvent,
} from "@sekisho/domain";
import type { Pool, PoolClient } from "pg";
import { newId } from "../../platform/random.ts";
import { effectsOf, type Effect } from "./effects-of.ts";
import { addRow, noRows, readEvents, unwrapInstanceKey, type NewRows } from "./event-store.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import type { BarrierSource, MeetingDirectory } from "./ports.ts";
import { resultsOf } from "../../unsafe.ts";
import { insertBatch } from "./write-batch.ts";

export type Committed = {
  readonly state: InstanceState;
  readonly events: readonly RecordedEvent[];
  readonly effects: readonly Effect[];
  /** The rows that keep the effects until they are done. */
  readonly effectIds: readonly string[];
};

export type RunnerDeps = {
  readonly pool: Pool;
  readonly keys: Keys;
  readonly directory: MeetingDirectory;
  readonly barriers: BarrierSource;
  readonly limits: GateLimits;
  readonly clock: { now(): number };
  /** Called after each commit of this process, synchronously, before the commands' answers. */
  readonly onCommitted: (instanceId: string, committed: Committed) => void;
  readonly processId: string;
};

export type Runner = {
  /** Rejects only if the database does; a refused command is an answer. */
  run(instanceId: string, command: Command, actor: Principal | null): Promise<Decision>;
  /** The state as the database has it now: read at once, folded from what is new. Null: no such instance. */
  read(instanceId: string): Promise<InstanceState | null>;
  /** The newest state this process has seen, without asking. */
  peek(instanceId: string): InstanceState | null;
  /** Events after `seq`, as the database has them now. */
  since(instanceId: string, seq: number): Promise<readonly RecordedEvent[]>;
  /** Instances whose state this process holds. */
  cached(): readonly string[];
  /** Forgets an instance that nobody here follows any more. */
  forget(instanceId: string): void;
};

type Waiting = {
  readonly command: Command;
  readonly actor: Principal | null;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (error: unknown) => void;
};

type Cached = { state: InstanceState | null; key: Buffer };

const batchSize = 256;

export function createRunner(deps: RunnerDeps): Runner {
  const queues = new Map<string, Waiting[]>();
  const busy = new Set<string>();
  const cache = new Map<string, Cached>();

  async function drain(instanceId: string): Promise<void> {
    if (busy.has(instanceId)) return;
    busy.add(instanceId);
    try {
      for (let queue = queues.get(instanceId); queue !== undefined && queue.length > 0;) {
        await runBatch(instanceId, queue.splice(0, batchSize));
        queue = queues.get(instanceId);
      }
    } finally {
      busy.delete(instanceId);
      if ((queues.get(instanceId)?.length ?? 0) === 0) queues.delete(instanceId);
    }
  }

  async function runBatch(instanceId: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const done = await inTransaction(deps.pool, (client) => decideBatch(client, instanceId, batch));
      if (done === null) {
        for (const one of batch) one.resolve({ kind: "rejected", code: "not_in_meeting" });
        return;
      }
      const { decisions, committed, key } = done;
      if (committed !== null) {
        cache.set(instanceId, { state: committed.state, key });
        deps.onCommitted(instanceId, committed);
      }
      batch.forEach((one, index) => {
        const decision = decisions[index];
        if (decision !== undefined) one.resolve(decision);
      });
    } catch (error) {
      cache.delete(instanceId);
      for (const one of batch) one.reject(error);
    }
  }

  async function decideBatch(client: PoolClient, instanceId: string, batch: readonly Waiting[]) {
    const locked = await lockInstance(client, instanceId);
    if (locked === null) return null;
    const current = await upToDate(client, instanceId, locked);
    if (current.state === null) return null;
    const barrier = await deps.barriers.at(locked.barrier);
    const writer = startWriting(instanceId, { state: current.state, key: current.key }, locked, barrier);
    await refreshSettings(writer, locked, deps);
    decideOne(writer, { command: { type: "barrier.apply" }, actor: null }, deps);
    const decisions = batch.map((one) => decideOne(writer, one, deps));
    if (writer.events.length === 0) return { decisions, committed: null, key: current.key };
    const effects = effectsOf(current.state, writer.draft, writer.events);
    const effectIds = await insertBatch(client, {
      instanceId,
      rows: writer.rows,
      effects,
      draft: writer.draft,
      processId: deps.processId,
    });
    return {
      decisions,
      committed: { state: writer.draft, events: writer.events, effects, effectIds },
      key: current.key,
    };
  }

  /** Behind the lock nobody else writes: what is missing here is read and folded, or nothing is. */
  async function upToDate(client: PoolClient, instanceId: string, row: LockedRow): Promise<Cached> {
    const known = cache.get(instanceId);
    const key = known?.key ?? unwrapInstanceKey(deps.keys, instanceId, row.evidence_key);
    if (known !== undefined && known.state !== null && known.state.seq === row.seq) return known;
    const from = known?.state ?? null;
    const events = await readEvents(client, instanceId, key, from?.seq ?? 0);
    const next = { state: fold(events, from), key };
    cache.set(instanceId, next);
    return next;
  }

  return {
    run(instanceId, command, actor) {
      return new Promise((resolve, reject) => {
        const queue = queues.get(instanceId) ?? [];
        queues.set(instanceId, queue);
        queue.push({ command, actor, resolve, reject });
        // The queue is taken at the end of this turn, so that commands that arrive together share a transaction.
        queueMicrotask(() => void drain(instanceId));
      });
    },
    async read(instanceId) {
      const { rows } = await deps.pool.query<LockedRow>(
        `select i.seq, i.head, i.evidence_key, '' as version, 0 as barrier, i.meeting_id from meeting_instance i where i.id = $1`,
        [instanceId],
      );
      const [row] = rows;
      if (row === undefined) return null;
      const known = cache.get(instanceId);
      if (known?.state !== undefined && known.state !== null && known.state.seq >= row.seq)
        return known.state;
      const key = known?.key ?? unwrapInstanceKey(deps.keys, instanceId, row.evidence_key);
      const from = known?.state ?? null;
      const state = fold(await readEvents(deps.pool, instanceId, key, from?.seq ?? 0), from);
      const newest = cache.get(instanceId);
      if ((newest?.state?.seq ?? 0) < (state?.seq ?? 0)) cache.set(instanceId, { state, key });
      return state;
    },
    async since(instanceId, seq) {
      const key = cache.get(instanceId)?.key;
      return key === undefined ? [] : readEvents(deps.pool, instanceId, key, seq);
    },
    cached: () => [...cache.keys()],
    peek: (instanceId) => cache.get(instanceId)?.state ?? null,
    forget(instanceId) {
      if (!busy.has(instanceId) && !queues.has(instanceId)) cache.delete(instanceId);
    },
  };
}

type LockedRow = {
  readonly seq: number;
  readonly head: Buffer;
  readonly evidence_key: Buffer;
  readonly meeting_id: string;
  readonly version: string;
  /** Of the information barriers, read behind the lock: a sweep for a later one sees what is decided here. */
  readonly barrier: number;
};

type Versions = Pick<LockedRow, "version" | "barrier">;

/** A version of barriers that nobody has: nobody new comes in. */
const noVersions: Versions = { version: "", barrier: Number.MAX_SAFE_INTEGER };

/**
 * Opens the transaction, locks the instance's row, and only then reads the versions of policy: three statements, each
 * with a view of its own, in one round trip. Ids are letters of base64url; anything else is nobody's.
 */
async function lockInstance(client: PoolClient, instanceId: string): Promise<LockedRow | null> {
  if (!/^[A-Za-z0-9_-]{16,64}$/u.test(instanceId)) return null;
  const id = client.escapeLiteral(instanceId);
  const answers: unknown = await client.query(
    `begin;
     select seq, head, evidence_key, meeting_id from meeting_instance where id = ${id} for update;
     select m.version || ':' || o.version || case when m.cancelled_at is null then '' else ':cancelled' end as version,
       b.version as barrier
       from meeting_instance i join meeting m on m.id = i.meeting_id cross join organisation o cross join barrier_head b
       where i.id = ${id}`,
  );
  const [, locked, versions] = resultsOf<[object, Omit<LockedRow, "version" | "barrier">, Versions]>(answers);
  const row = locked?.rows[0];
  return row === undefined ? null : { ...row, ...(versions?.rows[0] ?? noVersions) };
}

type Writer = {
  readonly instanceId: string;
  readonly key: Buffer;
  readonly barrier: BarrierContext;
  readonly draft: Draft;
  readonly rows: NewRows;
  readonly events: RecordedEvent[];
  lastAt: number;
};

function startWriting(
  instanceId: string,
  { state, key }: { readonly state: InstanceState; readonly key: Buffer },
  row: LockedRow,
  barrier: BarrierContext,
): Writer {
  const rows = noRows(row.head);
  return { instanceId, key, barrier, draft: draftOf(state), rows, events: [], lastAt: 0 };
}

/** A meeting or organisation that was edited since: its settings stand before anything is decided (CNF-3, CNF-5). */
async function refreshSettings(writer: Writer, row: LockedRow, deps: RunnerDeps): Promise<void> {
  if (writer.draft.settings.version === row.version) return;
  const meeting = await deps.directory.describe(row.meeting_id);
  if (meeting === null) return;
  if (meeting.cancelled) {
    decideOne(writer, { command: { type: "gate.end", reason: "cancelled" }, actor: null }, deps);
    return;
  }
  const command: Command = { type: "settings.change", settings: meeting.settings, names: meeting.names };
  decideOne(writer, { command, actor: null }, deps);
}

function decideOne(
  writer: Writer,
  { command, actor }: { readonly command: Command; readonly actor: Principal | null },
  deps: RunnerDeps,
): Decision {
  const now = Math.max(deps.clock.now(), writer.lastAt);
  const { barrier } = writer;
  const decision = decide(writer.draft, command, { now, newId, actor, limits: deps.limits, barrier });
  if (decision.kind === "rejected") return decision;
  for (const event of decision.events) {
    const recorded = { seq: writer.draft.seq + 1, at: now, event };
    applyTo(writer.draft, recorded);
    addRow(writer.rows, writer.instanceId, writer.key, recorded);
    writer.events.push(recorded);
    writer.lastAt = now;
  }
  return decision;
}

/** `work` has to begin the transaction with its first statement. */
async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    // `work` begins the transaction itself, in one round trip with its first lock.
    const result = await work(client);
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    // A connection whose transaction could not be ended in order is not used again.
    await client.query("rollback").then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}
