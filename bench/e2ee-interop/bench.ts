/**
 * The library with our cipher suites beside another implementation, OpenMLS as core-crypto has it: nothing is timed, all is
 * compared. Our profile's credentials and policy are not theirs, so it is the level below that meets.
 */
import { defaultClientConfig } from "ts-mls/clientConfig.js";
import { createGroup, joinGroup, type ClientState } from "ts-mls/clientState.js";
import { createCommit } from "ts-mls/createCommit.js";
import { createApplicationMessage } from "ts-mls/createMessage.js";
import { acceptAll } from "ts-mls/incomingMessageAction.js";
import { decodeKeyPackage, encodeKeyPackage, generateKeyPackageWithKey } from "ts-mls/keyPackage.js";
import { mlsExporter } from "ts-mls/keySchedule.js";
import { decodeMlsMessage, encodeMlsMessage } from "ts-mls/message.js";
import { processMessage } from "ts-mls/processMessages.js";
import { emptyPskIndex } from "ts-mls/pskIndex.js";
import { makeDeviceKey } from "../../packages/e2ee/src/group/signature.ts";
import { factsOf, keyHandle } from "../../packages/e2ee/src/group/suite-facts.ts";
import { suiteWith } from "../../packages/e2ee/src/group/suite.ts";
import { installLockedPeers, peerVersion } from "../lib/peers.ts";
import { versionOf } from "../lib/machine.ts";
import type { Outcome } from "../lib/report.ts";
import { openPeer, type Peer } from "./peer.ts";

type Suite = "p256" | "p384";
type Means = Awaited<ReturnType<typeof meansFor>>;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const words = (text: string) => new TextEncoder().encode(text);

export async function run(): Promise<Outcome> {
  await installLockedPeers();
  await using peer = await openPeer();
  const compared: string[] = [];
  for (const [suite, id] of [
    ["p256", 2],
    ["p384", 7],
  ] as const) {
    console.log(`core-crypto ${await peer.ask("start", id)}, ${suite}`);
    const means = await meansFor(suite);
    compared.push(...(await inTheirs(peer, means)), ...(await inOurs(peer, means)));
  }
  const row = { measure: "comparisons that agreed", unit: "", ours: compared.length, peer: null };
  return {
    title: "MLS beside another implementation",
    method: [
      "For each suite: core-crypto, in Chromium, founds a group and adds us; a message each way; we renew and it follows. Then we found one and add it. After each step the exporter's secret of both was compared; a difference fails the run.",
      "Ours here: ts-mls with the product's cipher suites and keys that cannot be exported. core-crypto asks for credentials of its own form and knows no policy of ours, so the product's own commits and joins are compared with ts-mls's in tests instead.",
    ],
    versions: { "ts-mls": versionOf("ts-mls"), "@wireapp/core-crypto": peerVersion("@wireapp/core-crypto") },
    rows: [{ ...row, goal: { text: "10 of 10", reached: compared.length === 10 } }],
    notes: [],
    samples: compared,
  };
}

async function meansFor(suite: Suite) {
  const key = await makeDeviceKey(suite);
  const cs = await suiteWith(suite, key);
  const now = BigInt(Math.floor(Date.now() / 1000));
  const identity = words(`${crypto.randomUUID()}:9@ours.example`);
  const made = async () =>
    await generateKeyPackageWithKey(
      { credentialType: "basic", identity },
      {
        versions: ["mls10"],
        ciphersuites: [factsOf(suite).name],
        extensions: [],
        proposals: [],
        credentials: ["basic", "x509"],
      },
      { notBefore: now - 3600n, notAfter: now + 3600n },
      [],
      { signKey: keyHandle, publicKey: key.publicKey },
      cs,
    );
  return { suite, cs, made };
}

async function same(what: string, peer: Peer, state: ClientState, { suite, cs }: Means): Promise<string> {
  const ours = await mlsExporter(state.keySchedule.exporterSecret, "exporter", new Uint8Array(), 32, cs);
  const theirs = await peer.ask("secret", hex(state.groupContext.groupId));
  if (hex(ours) !== theirs) throw new Error(`${suite}, ${what}: the secrets differ`);
  return `${suite}: ${what}`;
}

async function inTheirs(peer: Peer, means: Means): Promise<readonly string[]> {
  const { suite, cs } = means;
  const name = hex(words(`theirs-${suite}`));
  const { publicPackage, privatePackage } = await means.made();
  const [welcome] =
    decodeMlsMessage(bytes(await peer.ask("foundWith", name, hex(encodeKeyPackage(publicPackage)))), 0) ?? [];
  if (welcome?.wireformat !== "mls_welcome") throw new Error("a Welcome");
  const joined = await joinGroup(welcome.welcome, publicPackage, privatePackage, emptyPskIndex, cs);
  const compared = [await same("we joined theirs", peer, joined, means)];
  const sent = await createApplicationMessage(joined, words("there"), cs);
  const message = {
    version: "mls10",
    wireformat: "mls_private_message",
    privateMessage: sent.privateMessage,
  } as const;
  if ((await peer.ask("open", name, hex(encodeMlsMessage(message)))) !== hex(words("there")))
    throw new Error("there");
  compared.push(`${suite}: a message there`);
  const [answer] = decodeMlsMessage(bytes(await peer.ask("seal", name, hex(words("back")))), 0) ?? [];
  if (answer?.wireformat !== "mls_private_message") throw new Error("an answer");
  const opened = await processMessage(answer, sent.newState, emptyPskIndex, acceptAll, cs);
  if (opened.kind !== "applicationMessage" || hex(opened.message) !== hex(words("back")))
    throw new Error("back");
  compared.push(`${suite}: a message back`);
  const renewed = await createCommit(
    { state: opened.newState, cipherSuite: cs },
    { wireAsPublicMessage: true },
  );
  await peer.ask("open", name, hex(encodeMlsMessage(renewed.commit)));
  return [...compared, await same("we renewed, they followed", peer, renewed.newState, means)];
}

async function inOurs(peer: Peer, means: Means): Promise<readonly string[]> {
  const { suite, cs } = means;
  const { publicPackage, privatePackage } = await means.made();
  const id = words(`ours-${suite}`);
  const state = await createGroup(id, publicPackage, privatePackage, [], cs, defaultClientConfig);
  const [keyPackage] = decodeKeyPackage(bytes(await peer.ask("keyPackage")), 0) ?? [];
  if (keyPackage === undefined) throw new Error("a key package");
  const { newState, welcome } = await createCommit(
    { state, cipherSuite: cs },
    {
      wireAsPublicMessage: true,
      ratchetTreeExtension: true,
      extraProposals: [{ proposalType: "add", add: { keyPackage } }],
    },
  );
  if (welcome === undefined) throw new Error("a Welcome");
  await peer.ask("join", hex(encodeMlsMessage({ version: "mls10", wireformat: "mls_welcome", welcome })));
  return [await same("they joined ours", peer, newState, means)];
}
