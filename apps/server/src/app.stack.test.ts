import { afterAll, beforeAll, expect, test } from "vitest";
import { startProduct, type Product } from "../../../packages/testkit/src/index.ts";

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

const page = { headers: { accept: "text/html" } };

test("[OPS-2] every page's policy allows no inline code, no other host, and only trusted types", async () => {
  for (const path of ["/", "/m/AAAAAAAAAAAAAAAAAAAAAA", "/signin", "/no-such-page"]) {
    const response = await fetch(product.origin + path, page);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/u);
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|https?:\/\//u);
  }
});

test("[OPS-2] what is no page runs nothing and is not sniffed", async () => {
  const html = await (await fetch(`${product.origin}/`, page)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/u.exec(html)?.[1] ?? "";
  for (const path of [script, "/api/openapi.json", "/api/m/AAAAAAAAAAAAAAAAAAAAAA"]) {
    const response = await fetch(product.origin + path);
    expect([response.status, response.headers.get("content-security-policy")]).toEqual([
      200,
      "default-src 'none'; frame-ancestors 'none'",
    ]);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    await response.text();
  }
});
