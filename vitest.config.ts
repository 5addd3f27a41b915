import { defineConfig } from "vitest/config";

const real = ["**/*.server.test.ts", "**/*.stack.test.ts"];
const never = ["**/node_modules/**", "**/dist/**", "data/**", ".cache/**"];

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
        },
      },
      {
        test: {
          name: "server",
          include: ["**/*.server.test.ts"],
          exclude: never,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "stack",
          include: ["**/*.stack.test.ts", "e2e/**/*.test.ts"],
          exclude: never,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
