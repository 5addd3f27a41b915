/** Layers of the policy lattice, any of them. */
import fc from "fast-check";
import { chains, type PolicyLayer, type PolicySource, type PolicyValues } from "@sekisho/domain";

const sources: readonly PolicySource[] = ["server", "organisation", "preset", "meeting", "barrier"];

function fieldValues<F extends keyof PolicyValues>(field: F): fc.Arbitrary<PolicyValues[F]> {
  return fc.constantFrom(...chains[field]);
}

export const anyValues: fc.Arbitrary<Partial<PolicyValues>> = fc.record(
  {
    encryption: fieldValues("encryption"),
    whoMayJoin: fieldValues("whoMayJoin"),
    visibility: fieldValues("visibility"),
    passcodeRequired: fieldValues("passcodeRequired"),
    waitingRoom: fieldValues("waitingRoom"),
    joinBeforeHost: fieldValues("joinBeforeHost"),
    muteOnEntry: fieldValues("muteOnEntry"),
    verifierRequired: fieldValues("verifierRequired"),
    admitAll: fieldValues("admitAll"),
    screenShare: fieldValues("screenShare"),
    chat: fieldValues("chat"),
    rename: fieldValues("rename"),
    unmute: fieldValues("unmute"),
    recording: fieldValues("recording"),
    files: fieldValues("files"),
    personalNumber: fieldValues("personalNumber"),
    regions: fieldValues("regions"),
    agreement: fieldValues("agreement"),
    guestProof: fieldValues("guestProof"),
    secondFactor: fieldValues("secondFactor"),
    deviceDeclaration: fieldValues("deviceDeclaration"),
    nameRule: fieldValues("nameRule"),
    registration: fieldValues("registration"),
  },
  { requiredKeys: [] },
);

export const anyLayer: fc.Arbitrary<PolicyLayer> = fc.record({
  source: fc.constantFrom(...sources),
  values: anyValues,
});

export const anyLayers = fc.array(anyLayer, { maxLength: 6 });
