/** The only place of these checks where a type is asserted: files whose shape their own tools guarantee. */
import { readFileSync } from "node:fs";

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

/** A module that another part of the project may or may not have. */
export async function load<T>(url: string): Promise<T> {
  return (await import(url)) as T;
}
