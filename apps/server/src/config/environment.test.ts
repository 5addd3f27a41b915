import { afterEach, expect, test, vi } from "vitest";
import { childEnvironment } from "./environment.ts";

afterEach(() => void vi.unstubAllEnvs());

test("a program of ours gets the machine's environment, but none of the server's settings and secrets", () => {
  const secrets = ["SEKISHO_TURN_SECRET", "SEKISHO_DATABASE_ADMIN_URL", "DATABASE_URL", "LIVEKIT_KEYS"];
  for (const name of [...secrets, "TZ"]) vi.stubEnv(name, "here");
  const given = childEnvironment({ LIVEKIT_CONFIG: "ours" });
  expect(secrets.filter((name) => name in given)).toEqual([]);
  expect(given).toMatchObject({ TZ: "here", LIVEKIT_CONFIG: "ours", PATH: process.env["PATH"] });
});
