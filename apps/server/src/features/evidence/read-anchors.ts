/** Reads the heads that an anchor record holds; what is not of that shape holds none. */
import { z } from "zod";
import type { AnchoredHead } from "./anchors.ts";

const anchorData = z.object({
  heads: z.array(z.object({ instanceId: z.string(), seq: z.int(), head: z.string() })),
});

export function anchoredHeadsOf(data: string): readonly AnchoredHead[] {
  try {
    return anchorData.parse(JSON.parse(data)).heads;
  } catch {
    // A record that was tampered with; the chain says so by itself.
    return [];
  }
}
