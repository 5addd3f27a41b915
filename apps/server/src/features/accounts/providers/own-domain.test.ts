import { expect, test } from "vitest";
import { ownAddress } from "./own-domain.ts";

const domains = ["midorino.example", "kinki.example"];

test("[IDN-3] an address is the organisation's own at its very domain, whatever its case", () => {
  expect(ownAddress("Rina.Sakuma@Midorino.Example", domains)).toBe("rina.sakuma@midorino.example");
  for (const address of [
    "rina@midorino.example.evil.example",
    "rina@sub.midorino.example",
    "rina@midorino.example.",
    "rina@evilmidorino.example",
    "rina@evil.example@midorino.example",
    '"rina@evil.example"@midorino.example',
    "midorino.example",
    "",
    null,
  ])
    expect(ownAddress(address, domains)).toBeNull();
});

test("[IDN-3] letters that only look alike, or become the same by folding, are none of the organisation's", () => {
  for (const address of [
    "rina@midοrino.example",
    "rina@ｍidorino.example",
    "ｒina@midorino.example",
    "rina@\u212Ainki.example",
    "\u212Aei@kinki.example",
    "rina@midorino。example",
    "rina@midorino.example\u200B",
    "rina@midorino.example\n",
  ])
    expect(ownAddress(address, domains)).toBeNull();
});
