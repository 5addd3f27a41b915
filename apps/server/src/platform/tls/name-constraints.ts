import ipaddr from "ipaddr.js";

/** Networks a certificate of the house may speak for (RFC 1918, RFC 6598, RFC 4193, loopback). */
const networks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "fc00::/7",
  "::1/128",
];

const sequence = 0x30;
const permittedSubtrees = 0xa0;
const dnsName = 0x82;
const ipAddress = 0x87;

/**
 * DER of the extension NameConstraints (RFC 5280, 4.2.1.10): whoever installs our authority trusts it for this house
 * only. Stolen, its key makes no certificate for a bank.
 */
export function nameConstraints(names: readonly string[]): Buffer {
  const bases = [
    ...names.map((name) => encode(dnsName, Buffer.from(name, "ascii"))),
    ...networks.map((network) => encode(ipAddress, addressAndMask(network))),
  ];
  const subtrees = Buffer.concat(bases.map((base) => encode(sequence, base)));
  return encode(sequence, encode(permittedSubtrees, subtrees));
}

function addressAndMask(network: string): Buffer {
  const [address, bits] = ipaddr.parseCIDR(network);
  const bytes = address.toByteArray();
  const mask = bytes.map((_, index) => (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);
  return Buffer.from([...bytes, ...mask]);
}

function encode(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(header), content]);
}
