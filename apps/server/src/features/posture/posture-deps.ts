/** What the page of versions and weaknesses needs from the rest of the server (OPS-1). */
import type { Apart } from "@sekisho/domain";
import type { Posture } from "@sekisho/contract";
import type { FastifyRequest } from "fastify";
import type { Pool } from "pg";
import type { Db } from "../../platform/db/database.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";

export type PostureDeps = {
  readonly db: Db;
  readonly pool: Pool;
  readonly log: OrganisationLog;
  /** Of the media server, from itself. */
  readonly mediaVersion: () => Promise<string>;
  /** Of this product. */
  readonly ownVersion: string;
  readonly minimumBuild: number;
  readonly loopbackAllowed: boolean;
  /** Who must not know of whom at this moment (BAR-14). */
  readonly apart: () => Promise<Apart>;
  /** How a request came, and whether meetings can be end-to-end encrypted (ENC-6). */
  readonly transport: (request: FastifyRequest) => Posture["transport"];
  readonly onFailure: (error: unknown) => void;
};
