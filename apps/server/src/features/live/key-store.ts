/**
 * What members' devices send each other about their keys (ENC-2): key packages, commits, Welcomes. The server cannot use
 * them; names stand in them, so they lie sealed with the instance's content key and go with it (DAT-3). Which of two
 * commits of one epoch counts is not said here but in the log, which knows it by its digest.
 */
import { createHash } from "node:crypto";
import type { KeyGroupName } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { openWith, sealWith } from "../../platform/keys/keys.ts";
import type { ContentKey } from "./content-key.ts";

/** Bytes as base64url throughout. */
type Place = { readonly instanceId: string; readonly group: KeyGroupName };

export type KeyStore = {
  /** The digest under which the log knows it; null where the instance has ended. */
  putPackage(at: Place, admissionId: string, keyPackage: string): Promise<string | null>;
  packages(at: Place, digests: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>>;
  /** The same for a commit, with the Welcome for those it adds. */
  putCommit(at: Place, commit: string, welcome: string | null): Promise<string | null>;
  commits(at: Place, digests: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Apart from the commits: it is large, and one person in the group wants it once. */
  welcome(at: Place, digest: string): Promise<string | null>;
};

export function createKeyStore(db: Db, contentKey: ContentKey): KeyStore {
  const label = ({ instanceId, group }: Place, digest: string) => `${instanceId}:${group}:${digest}`;
  const welcomeLabel = (at: Place, digest: string) => `${label(at, digest)}:welcome`;

  return {
    async putPackage(at, admissionId, keyPackage) {
      const key = await contentKey(at.instanceId, true);
      if (key === null) return null;
      const digest = digestOf(keyPackage);
      const sealed = sealWith(key, Buffer.from(keyPackage), label(at, digest));
      await db
        .insertInto("key_package")
        .values({
          instance_id: at.instanceId,
          group_name: at.group,
          admission_id: admissionId,
          digest,
          sealed,
        })
        .onConflict((conflict) =>
          conflict.columns(["instance_id", "group_name", "admission_id"]).doUpdateSet({ digest, sealed }),
        )
        .execute();
      return digest;
    },
    async packages(at, digests) {
      const key = await contentKey(at.instanceId, false);
      if (key === null || digests.size === 0) return new Map();
      const rows = await db
        .selectFrom("key_package")
        .select(["admission_id", "digest", "sealed"])
        .where("instance_id", "=", at.instanceId)
        .where("group_name", "=", at.group)
        .where("admission_id", "in", [...digests.keys()])
        .execute();
      // One that was replaced in between is not the one that the log speaks of.
      const current = rows.filter((row) => digests.get(row.admission_id) === row.digest);
      return new Map(
        current.map((row) => [
          row.admission_id,
          openWith(key, row.sealed, label(at, row.digest)).toString("utf8"),
        ]),
      );
    },
    async putCommit(at, commit, welcome) {
      const key = await contentKey(at.instanceId, true);
      if (key === null) return null;
      const digest = digestOf(commit);
      const sealed = sealWith(key, Buffer.from(commit), label(at, digest));
      const sealedWelcome =
        welcome === null ? null : sealWith(key, Buffer.from(welcome), welcomeLabel(at, digest));
      await db
        .insertInto("key_commit")
        .values({
          instance_id: at.instanceId,
          group_name: at.group,
          digest,
          sealed,
          sealed_welcome: sealedWelcome,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return digest;
    },
    async commits(at, digests) {
      const key = await contentKey(at.instanceId, false);
      if (key === null || digests.length === 0) return new Map();
      const rows = await db
        .selectFrom("key_commit")
        .select(["digest", "sealed"])
        .where("instance_id", "=", at.instanceId)
        .where("group_name", "=", at.group)
        .where("digest", "in", [...digests])
        .execute();
      return new Map(
        rows.map((row) => [row.digest, openWith(key, row.sealed, label(at, row.digest)).toString("utf8")]),
      );
    },
    async welcome(at, digest) {
      const key = await contentKey(at.instanceId, false);
      const row = await db
        .selectFrom("key_commit")
        .select("sealed_welcome")
        .where("instance_id", "=", at.instanceId)
        .where("group_name", "=", at.group)
        .where("digest", "=", digest)
        .executeTakeFirst();
      const sealed = row?.sealed_welcome ?? null;
      if (key === null || sealed === null) return null;
      return openWith(key, sealed, welcomeLabel(at, digest)).toString("utf8");
    },
  };
}

function digestOf(base64url: string): string {
  return createHash("sha256").update(Buffer.from(base64url, "base64url")).digest("base64url");
}
