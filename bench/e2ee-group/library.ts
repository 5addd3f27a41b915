/** `ts-mls` as it comes: its own provider, its own configuration, its own way to commit and to join. */
import type * as TsMls from "ts-mls";
import type { Contender, Group, Suite } from "./contender.ts";

type Parts = { readonly cs: TsMls.CiphersuiteImpl };

const suites = {
  p256: "MLS_128_DHKEMP256_AES128GCM_SHA256_P256",
  p384: "MLS_256_DHKEMP384_AES256GCM_SHA384_P384",
} as const;

export function libraryContender(mls: typeof TsMls): Contender {
  const groups = new WeakMap<Group, LibraryGroup>();
  const partsOf = async (suite: Suite): Promise<Parts> => ({
    cs: await mls.defaultCryptoProvider.getCiphersuiteImpl(mls.getCiphersuiteFromName(suites[suite])),
  });
  const packageFor = async (member: string, { cs }: Parts) =>
    await mls.generateKeyPackage(
      { credentialType: "basic", identity: new TextEncoder().encode(member) },
      mls.defaultCapabilities(),
      mls.defaultLifetime,
      [],
      cs,
    );
  const kept = (group: LibraryGroup): Group => {
    groups.set(group, group);
    return group;
  };
  return {
    name: "ts-mls",
    found: async (suite) => {
      const parts = await partsOf(suite);
      const { publicPackage, privatePackage } = await packageFor("host", parts);
      const id = crypto.getRandomValues(new Uint8Array(16));
      const state = await mls.createGroup(id, publicPackage, privatePackage, [], parts.cs);
      return kept(new LibraryGroup(mls, parts, state));
    },
    wait: async (suite, member) => {
      const parts = await partsOf(suite);
      const { publicPackage, privatePackage } = await packageFor(member, parts);
      return {
        keyPackage: mls.encodeMlsMessage({
          version: "mls10",
          wireformat: "mls_key_package",
          keyPackage: publicPackage,
        }),
        join: async (bytes) => {
          const [message] = mls.decodeMlsMessage(bytes, 0) ?? [];
          if (message?.wireformat !== "mls_welcome") throw new Error("a Welcome");
          const { welcome } = message;
          const index = mls.emptyPskIndex;
          const state = await mls.joinGroup(welcome, publicPackage, privatePackage, index, parts.cs);
          return kept(new LibraryGroup(mls, parts, state));
        },
      };
    },
    addAll: async (group, keyPackages) => {
      const { welcome } = (await groups.get(group)?.commit(keyPackages, [])) ?? {};
      if (welcome === undefined) throw new Error("a group of the library's");
      return welcome;
    },
  };
}

class LibraryGroup implements Group {
  readonly #mls: typeof TsMls;
  readonly #parts: Parts;
  #state: TsMls.ClientState;

  constructor(mls: typeof TsMls, parts: Parts, state: TsMls.ClientState) {
    this.#mls = mls;
    this.#parts = parts;
    this.#state = state;
  }

  async rekey() {
    return (await this.commit([], [])).commit;
  }

  async add(keyPackage: Uint8Array) {
    const { commit, welcome } = await this.commit([keyPackage], []);
    return { commit, welcome: welcome ?? new Uint8Array() };
  }

  async remove(member: string) {
    const wanted = new TextEncoder().encode(member).join();
    const at = this.#state.ratchetTree.findIndex(
      (node) =>
        node?.nodeType === "leaf" &&
        node.leaf.credential.credentialType === "basic" &&
        node.leaf.credential.identity.join() === wanted,
    );
    return (await this.commit([], [at / 2])).commit;
  }

  async follow(commit: Uint8Array) {
    const [message] = this.#mls.decodeMlsMessage(commit, 0) ?? [];
    if (message?.wireformat !== "mls_public_message") throw new Error("a commit");
    const { emptyPskIndex, acceptAll } = this.#mls;
    const result = await this.#mls.processMessage(
      message,
      this.#state,
      emptyPskIndex,
      acceptAll,
      this.#parts.cs,
    );
    this.#state = result.newState;
  }

  size() {
    return this.#state.ratchetTree.filter((node) => node?.nodeType === "leaf").length;
  }

  async secret() {
    const { exporterSecret } = this.#state.keySchedule;
    const secret = await this.#mls.mlsExporter(exporterSecret, "bench", new Uint8Array(), 32, this.#parts.cs);
    return Buffer.from(secret).toString("hex");
  }

  async commit(keyPackages: readonly Uint8Array[], removed: readonly number[]) {
    const adds = keyPackages.map((bytes): TsMls.Proposal => {
      const [message] = this.#mls.decodeMlsMessage(bytes, 0) ?? [];
      if (message?.wireformat !== "mls_key_package") throw new Error("a key package");
      return { proposalType: "add", add: { keyPackage: message.keyPackage } };
    });
    const removes = removed.map((leaf): TsMls.Proposal => ({
      proposalType: "remove",
      remove: { removed: leaf },
    }));
    const { commit, welcome, newState } = await this.#mls.createCommit(
      { state: this.#state, cipherSuite: this.#parts.cs },
      { wireAsPublicMessage: true, ratchetTreeExtension: true, extraProposals: [...removes, ...adds] },
    );
    this.#state = newState;
    const { encodeMlsMessage } = this.#mls;
    return {
      commit: encodeMlsMessage(commit),
      welcome:
        welcome === undefined
          ? undefined
          : encodeMlsMessage({ version: "mls10", wireformat: "mls_welcome", welcome }),
    };
  }
}
