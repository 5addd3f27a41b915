/** `/v2/information_barriers/policies` (BAR-1, BAR-12). */
import { v2Routes, type V2Policy } from "@sekisho/contract";
import {
  barrierFlags,
  forbids,
  id,
  maskOf,
  type BarrierChange,
  type BarrierMask,
  type BarrierModel,
  type BarrierPolicy,
  type GroupId,
} from "@sekisho/domain";
import { newId } from "../../platform/random.ts";
import { changeBarriers, reasonOf } from "./change-barriers.ts";
import { pageOf } from "./paging.ts";
import type { ApiBarriers, PolicyNote } from "./ports.ts";
import { handleV2, type BoundV2 } from "./v2-binder.ts";
import { V2Error } from "./v2-error.ts";

type Flags = Partial<Record<(typeof barrierFlags)[number], boolean | undefined>>;

export function policyRoutes(barriers: ApiBarriers): readonly BoundV2[] {
  return [
    handleV2(v2Routes.policyList, async ({ query, tag }) => {
      const model = await barriers.read();
      tag(model.version);
      const { shown, frame } = pageOf([...model.policies.values()], (policy) => policy.id, query);
      return { body: { ...frame, policies: await views(barriers, shown) } };
    }),
    handleV2(v2Routes.policyGet, async ({ params, tag }) => {
      const model = await barriers.read();
      tag(model.version);
      return { body: await view(barriers, policyOf(model, params["policyId"])) };
    }),
    handleV2(v2Routes.policyCreate, async (call) => {
      const { body } = call;
      const policyId = id.barrierPolicy(newId());
      const after = await changeBarriers(barriers, call, body.reason, (model) => {
        const pair = pairOf(model, body.assigned_group_id, body.to_group_id);
        requireFree(model, pair, null);
        const mask = masked(0, body.settings);
        return [put({ id: policyId, name: body.policy_name, ...pair, enabled: body.status === 1, mask })];
      });
      return { body: await view(barriers, policyOf(after, policyId)) };
    }),
    handleV2(v2Routes.policyUpdate, async (call) => {
      const { body, params } = call;
      await changeBarriers(barriers, call, body.reason, (model) => {
        const before = policyOf(model, params["policyId"]);
        const pair = pairOf(model, body.assigned_group_id ?? before.a, body.to_group_id ?? before.b);
        requireFree(model, pair, before);
        return [
          put({
            id: before.id,
            name: body.policy_name ?? before.name,
            ...pair,
            enabled: body.status === undefined ? before.enabled : body.status === 1,
            mask: masked(before.mask, body.settings ?? {}),
          }),
        ];
      });
      return {};
    }),
    handleV2(v2Routes.policyDelete, async (call) => {
      await changeBarriers(barriers, call, undefined, (model) => [
        { type: "policy.remove", policyId: policyOf(model, call.params["policyId"]).id },
      ]);
      return {};
    }),
    handleV2(v2Routes.barrierBulk, async (call) => {
      const { reason, ...document } = call.body;
      const written = await barriers.replaceBy(document, {
        origin: "push",
        actor: { kind: "service", id: call.client.id },
        reason: reasonOf(call, typeof reason === "string" ? reason.slice(0, 500).trim() : undefined),
        baseVersion: call.ifMatch,
      });
      call.tag(written.version);
      const waits = written.pendingId === null ? "in_force" : "pending_approval";
      return {
        body: {
          version: written.version,
          changes: written.changes,
          effective_state: written.changes === 0 && written.pendingId === null ? "unchanged" : waits,
          pending_id: written.pendingId,
          unknown_members: written.unknown.slice(0, 1000),
        },
      };
    }),
  ];
}

function put(policy: BarrierPolicy): BarrierChange {
  return { type: "policy.put", policy };
}

function policyOf(model: BarrierModel, policyId = ""): BarrierPolicy {
  const policy = model.policies.get(id.barrierPolicy(policyId));
  if (policy === undefined) throw new V2Error("policy_not_found", policyId);
  return policy;
}

function pairOf(model: BarrierModel, first: string, second: string) {
  for (const one of [first, second])
    if (!model.groups.has(id.group(one))) throw new V2Error("group_not_found", one);
  return { a: id.group(first), b: id.group(second) };
}

/** One pair, in whichever order, has one policy. */
function requireFree(
  model: BarrierModel,
  pair: { readonly a: GroupId; readonly b: GroupId },
  self: BarrierPolicy | null,
): void {
  for (const other of model.policies.values())
    if (
      other.id !== self?.id &&
      ((other.a === pair.a && other.b === pair.b) || (other.a === pair.b && other.b === pair.a))
    )
      throw new V2Error("policy_exists", other.id);
}

function masked(before: BarrierMask, flags: Flags): BarrierMask {
  return maskOf(barrierFlags.filter((flag) => flags[flag] ?? forbids(before, flag)));
}

async function view(barriers: ApiBarriers, policy: BarrierPolicy): Promise<V2Policy> {
  const [one] = await views(barriers, [policy]);
  if (one === undefined) throw new V2Error("policy_not_found", policy.id);
  return one;
}

async function views(barriers: ApiBarriers, policies: readonly BarrierPolicy[]): Promise<V2Policy[]> {
  const [notes, pending] = await Promise.all([
    barriers.notes(policies.map((policy) => policy.id)),
    barriers.pendingPolicies(),
  ]);
  return policies.map((policy) => ({
    ...shapeOf(policy),
    effective_state: pending.has(policy.id) ? "pending_approval" : policy.enabled ? "in_force" : "disabled",
    ...noteFields(notes.get(policy.id)),
  }));
}

function noteFields(note: PolicyNote | undefined) {
  if (note === undefined) return {};
  return { version: note.version, reason: note.reason, approved_by: note.approvedBy };
}

/** The fields that Zoom has. */
export function shapeOf(policy: BarrierPolicy) {
  const has = (flag: (typeof barrierFlags)[number]) => forbids(policy.mask, flag);
  return {
    id: policy.id,
    policy_name: policy.name,
    assigned_group_id: policy.a,
    to_group_id: policy.b,
    status: policy.enabled ? (1 as const) : (0 as const),
    type: 0 as const,
    settings: {
      meeting: has("meeting"),
      in_meeting_chat: has("in_meeting_chat"),
      file_transfer: has("file_transfer"),
      screen_share: has("screen_share"),
      recording: has("recording"),
      im: has("im"),
      complete_phone_calls: has("complete_phone_calls"),
      message_via_sms: has("message_via_sms"),
    },
  };
}
