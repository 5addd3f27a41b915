import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const root = new URL("../../../../", import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));

const only = "1.6.4";

describe("the library", () => {
  it("[ENC-2] is ts-mls 1.6.4, asked for, locked and installed: versions below it are refused, and so are others", () => {
    const asked = z.object({ dependencies: z.object({ "ts-mls": z.string() }) });
    expect(asked.parse(read("packages/e2ee/package.json")).dependencies["ts-mls"]).toBe(only);
    expect(z.object({ version: z.string() }).parse(read("node_modules/ts-mls/package.json")).version).toBe(
      only,
    );
    const locked = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
    const entries = Object.entries(locked.parse(read("package-lock.json")).packages);
    const found = entries.filter(([path]) => path.endsWith("node_modules/ts-mls"));
    expect(found.map(([, { version }]) => version)).toEqual([only]);
  });
});
