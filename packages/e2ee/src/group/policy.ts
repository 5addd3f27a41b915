/**
 * The policy as an extension of the GroupContext (RFC 9420, 12.1.7 and 13): everybody's keys depend on it, joiners get it
 * with the Welcome. Its type is of the range for private use.
 */
import type { Extension } from "ts-mls/extension.js";
import { canonical, isOpaqueId, readCanonical } from "./canonical.ts";
import type { GroupPolicy, LeafIdentity, Suite } from "./group.ts";

export const policyExtension = 0xf053;
const mostAdmitting = 1000;

export function writePolicy(policy: GroupPolicy): Uint8Array {
  const { v, instance, group, suite, admit } = policy;
  return canonical({ v, instance, group, suite, admit });
}

export function extensionOf(policy: GroupPolicy): Extension {
  return { extensionType: policyExtension, extensionData: writePolicy(policy) };
}

/** The policy, where it is the one and only extension; else null. */
export function policyIn(extensions: readonly Extension[]): GroupPolicy | null {
  const [only, ...others] = extensions;
  if (only?.extensionType !== policyExtension || others.length > 0) return null;
  return readCanonical(only.extensionData, policyOf, writePolicy);
}

export function isSuite(value: unknown): value is Suite {
  return value === "p256" || value === "p384";
}

function policyOf(fields: Readonly<Record<string, unknown>>): GroupPolicy | null {
  const { v, instance, group, suite, admit } = fields;
  if (v !== 1 || !isOpaqueId(instance) || !isOpaqueId(group) || !isSuite(suite)) return null;
  if (!Array.isArray(admit) || admit.length === 0 || admit.length > mostAdmitting) return null;
  const names: readonly unknown[] = admit;
  if (!names.every(isOpaqueId) || new Set(names).size !== names.length) return null;
  return { v, instance, group, suite, admit: names };
}

/** Whether a leaf of this identity belongs into a group of this policy at all. */
export function isOfGroup(identity: LeafIdentity, policy: GroupPolicy): boolean {
  return identity.instance === policy.instance && identity.group === policy.group;
}

/** A policy is never moved to another meeting, group or suite; who admits may change. */
export function mayFollow(next: GroupPolicy, current: GroupPolicy): boolean {
  return next.instance === current.instance && next.group === current.group && next.suite === current.suite;
}
