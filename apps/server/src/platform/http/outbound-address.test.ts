import { expect, test } from "vitest";
import { addressesOf, mayAsk } from "./outbound-address.ts";

test("[BAR-10] the policy server is never an address of this machine or its cloud", async () => {
  const refused = [
    "169.254.169.254",
    "169.254.1.1",
    "::ffff:169.254.169.254",
    "fe80::1",
    "fd00:ec2::254",
    "100.100.100.200",
    "168.63.129.16",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "255.255.255.255",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "240.0.0.1",
    "not an address",
  ];
  expect(refused.filter((address) => mayAsk(address, true))).toEqual([]);
  const loopback = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"];
  expect(loopback.filter((address) => mayAsk(address, false))).toEqual([]);
  expect(loopback.every((address) => mayAsk(address, true))).toBe(true);
  expect(
    ["10.1.2.3", "192.168.0.9", "203.0.113.7", "2001:4860::8", "fd12::1"].map((one) => mayAsk(one, false)),
  ).toEqual(
    // 203.0.113.0/24 is for documentation only and is nobody's.
    [true, true, false, true, true],
  );
  expect(await addressesOf("169.254.169.254", true)).toBeNull();
  expect(await addressesOf("[::1]", false)).toBeNull();
  expect(await addressesOf("localhost", false)).toBeNull();
  expect(await addressesOf("localhost", true)).not.toBeNull();
});
