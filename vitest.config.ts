import { defineConfig } from "vitest/config";

const real = ["**/*.server.test.ts", "**/*.stack.test.ts"];
const never = ["**/node_modules/**", "**/dist/**", "data/**", ".cache/**"];

/** Limits end what hangs, they measure nothing: a machine that is ten times slower passes too. All cores work. */
const means = {
  unit: {
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
  server: {
    maxWorkers: "100%",
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
  },
  stack: { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 45_000 } } },
};

/**
 * unit: pure, parallel. server: each file with its own real PostgreSQL. stack: PostgreSQL, LiveKit and browsers,
 * one file at a time, because two cores cannot play several meetings at once.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/*/src/**/*.test.ts",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
          ],
          exclude: [...never, ...real],
          ...means.unit,
        },
      },
      {
        test: {
          name: "server",
          include: ["**/*.server.test.ts"],
          exclude: never,
          ...means.server,
        },
      },
      {
        test: {
          name: "stack",
          include: ["**/*.stack.test.ts", "e2e/**/*.test.ts"],
          exclude: never,
          fileParallelism: false,
          ...means.stack,
        },
      },
    ],
  },
});
