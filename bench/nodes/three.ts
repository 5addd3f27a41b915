/** Three processes' barriers on one durable PostgreSQL, each with a listener, a memory and connections of its own. */
import { defaultRules } from "../../apps/server/src/features/accounts/default-rules.ts";
import {
  folder,
  lets,
  openNode,
  type SyncNode,
} from "../../apps/server/src/features/barriers/testing/sync-rig.ts";
import { readBarrierVersion } from "../../apps/server/src/features/live/barrier-version.ts";
import { startListener } from "../../apps/server/src/platform/db/listener.ts";
import { by, insertPerson, write } from "../../packages/testkit/src/barriers-world.ts";
import { featureBase, type FeatureBase } from "../../packages/testkit/src/feature-app.ts";
import { startPostgres } from "../../packages/testkit/src/postgres.ts";

export type Node = {
  /** As behind a meeting's lock: the database's version is read, and decided with. True: the two may meet. */
  decides(): Promise<boolean>;
  /** What is in this process's memory. */
  version(): number;
};

export type Edit = { readonly version: number; readonly open: boolean };

export type Three = AsyncDisposable & {
  readonly nodes: readonly Node[];
  /** By the first process, through the product's writer. */
  toggle(walled: boolean): Promise<Edit>;
};

export async function openThree(): Promise<Three> {
  const stack = new AsyncDisposableStack();
  const postgres = await startPostgres({ durable: true });
  stack.defer(() => postgres.stop());
  const base = stack.use(await featureBase(postgres));
  const rules = JSON.stringify(defaultRules);
  await base.handle.db.insertInto("organisation").values({ name: "みどり野銀行", rules }).execute();
  const banker = await insertPerson(base, { name: "桐生 真帆" });
  const analyst = await insertPerson(base, { name: "外山 恵" });
  const nodes: SyncNode[] = [];
  for (let index = 0; index < 3; index += 1) nodes.push(await openOne(stack, base));
  const [first] = nodes;
  if (first === undefined) throw new Error("no process");
  const people = [write.person(banker, "bank"), write.person(analyst, "research")];
  await first.writer.write([write.on, write.group("bank"), write.group("research"), ...people], by(banker));
  return {
    nodes: nodes.map((node) => ({
      async decides() {
        const version = await readBarrierVersion(base.handle.pool);
        return lets(await node.source.at(version), banker, analyst);
      },
      version: () => node.source.model().version,
    })),
    async toggle(walled) {
      const policy = write.policy("bank", "research", ["meeting"], walled);
      const { version } = await first.writer.write([policy], by(banker));
      return { version, open: !walled };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function openOne(stack: AsyncDisposableStack, base: FeatureBase): Promise<SyncNode> {
  const disk = stack.use(folder());
  const node = stack.use(openNode(base, { folder: disk.path, realTime: true }));
  await node.start();
  const quiet = () => undefined;
  const listener = await startListener({
    connectionString: base.database.connectionString,
    channels: ["sekisho_barrier"],
    onNotice: () => void node.source.refresh().catch(quiet),
    onDeaf: quiet,
    onHearing: quiet,
    onError: quiet,
  });
  stack.defer(() => listener.stop());
  return node;
}
