import { expect, test } from "vitest";
import { transportIn } from "./transport.ts";

const inbound = { type: "inbound-rtp", id: "a" };
const negotiated = {
  type: "transport",
  tlsVersion: "FEFD",
  dtlsCipher: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  srtpCipher: "SRTP_AEAD_AES_256_GCM",
};

test("[ENC-6] what was negotiated is said as the browser says it", () => {
  expect(transportIn([inbound, negotiated])).toEqual({
    protocol: "DTLS 1.2",
    suite: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    srtp: "AEAD_AES_256_GCM",
    listed: true,
  });
});

test("[ENC-6] a profile that is not on the list is told apart, and what the browser does not say is unknown", () => {
  const old = { type: "transport", srtpCipher: "SRTP_AES128_CM_HMAC_SHA1_80", tlsVersion: "" };
  expect(transportIn([old])).toEqual({
    protocol: null,
    suite: null,
    srtp: "AES128_CM_HMAC_SHA1_80",
    listed: false,
  });
  expect(transportIn([inbound, { type: "transport" }, null])).toBeNull();
});
