/** Effective policy = strictest of all layers, with the reasons of each result (CNF-3). */
import { chains, openness, policyFields, type PolicyField, type PolicyValues } from "./values.ts";

/** Where a value comes from. `server`: what this server can do at all. `barrier`: information barriers in force. */
export type PolicySource = "server" | "organisation" | "preset" | "meeting" | "barrier";

export type PolicyLayer = { readonly source: PolicySource; readonly values: Partial<PolicyValues> };

/** A layer "decides" a field when it holds the field at its effective value and some opener value exists. */
export type PolicyReasons = { readonly [F in PolicyField]: readonly PolicySource[] };

export type EffectivePolicy = { readonly values: PolicyValues; readonly reasons: PolicyReasons };

const open: PolicyValues = {
  encryption: "transport",
  whoMayJoin: "anyoneWithLink",
  visibility: "public",
  passcodeRequired: false,
  waitingRoom: false,
  joinBeforeHost: true,
  muteOnEntry: false,
  verifierRequired: false,
  admitAll: true,
  screenShare: "everyone",
  chat: "everyone",
  rename: "everyone",
  unmute: "everyone",
  recording: "allowed",
  files: "allowed",
  personalNumber: "allowed",
  regions: "any",
  agreement: false,
  guestProof: "none",
  secondFactor: false,
  deviceDeclaration: false,
  nameRule: "free",
  registration: "none",
};

const noReasons: PolicyReasons = {
  encryption: [],
  whoMayJoin: [],
  visibility: [],
  passcodeRequired: [],
  waitingRoom: [],
  joinBeforeHost: [],
  muteOnEntry: [],
  verifierRequired: [],
  admitAll: [],
  screenShare: [],
  chat: [],
  rename: [],
  unmute: [],
  recording: [],
  files: [],
  personalNumber: [],
  regions: [],
  agreement: [],
  guestProof: [],
  secondFactor: [],
  deviceDeclaration: [],
  nameRule: [],
  registration: [],
};

/**
 * The meet of all layers: order-free, idempotent, and adding a layer never opens a field.
 * With no layer at all everything would be open, so callers always pass the server's own layer.
 */
export function combine(layers: readonly PolicyLayer[]): EffectivePolicy {
  let values = open;
  for (const layer of layers) for (const field of policyFields) values = tighten(values, field, layer.values);
  let reasons = noReasons;
  for (const field of policyFields) reasons = { ...reasons, [field]: deciders(values, field, layers) };
  return { values, reasons };
}

function tighten<F extends PolicyField>(
  values: PolicyValues,
  field: F,
  layer: Partial<PolicyValues>,
): PolicyValues {
  const wanted = layer[field];
  if (wanted === undefined || openness(field, wanted) >= openness(field, values[field])) return values;
  // By its place in the chain, so that a value of another version becomes the strictest one we know.
  return { ...values, [field]: chains[field][openness(field, wanted)] };
}

function deciders(
  values: PolicyValues,
  field: PolicyField,
  layers: readonly PolicyLayer[],
): readonly PolicySource[] {
  if (values[field] === open[field]) return [];
  const decided = openness(field, values[field]);
  const sources = layers
    .filter(({ values: { [field]: wanted } }) => wanted !== undefined && openness(field, wanted) === decided)
    .map((layer) => layer.source);
  return [...new Set(sources)].toSorted();
}

/** True if the organisation, the class or the server alone hold the field where it is: the host cannot open it. */
export function fixedBy(field: PolicyField, layers: readonly PolicyLayer[]): readonly PolicySource[] {
  return combine(layers.filter((layer) => layer.source !== "meeting")).reasons[field];
}
