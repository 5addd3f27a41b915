/** Rules and edits between the contract's form and the domain's. */
import type { BarrierEdit, BarrierRulesView } from "@sekisho/contract";
import { id, maskOf, type BarrierChange, type BarrierRules } from "@sekisho/domain";

export function rulesViewOf(rules: BarrierRules): BarrierRulesView {
  return { ...rules, exceptions: [...rules.exceptions] };
}

export function changesOf(edits: readonly BarrierEdit[]): readonly BarrierChange[] {
  return edits.map(changeOf);
}

function changeOf(edit: BarrierEdit): BarrierChange {
  switch (edit.type) {
    case "policy.put": {
      const { policyId, name, a, b, enabled, flags } = edit;
      const policy = { id: id.barrierPolicy(policyId), name, enabled, mask: maskOf(flags) };
      return { type: edit.type, policy: { ...policy, a: id.group(a), b: id.group(b) } };
    }
    case "policy.remove":
      return { type: edit.type, policyId: id.barrierPolicy(edit.policyId) };
    case "group.put": {
      const { groupId, name, domains } = edit;
      return { type: edit.type, group: { id: id.group(groupId), name, domains: [...new Set(domains)] } };
    }
    case "group.remove":
      return { type: edit.type, groupId: id.group(edit.groupId) };
    case "person.put": {
      const primary = edit.primary === null ? null : id.group(edit.primary);
      const groups = [...new Set(edit.groups)].map(id.group);
      return {
        type: edit.type,
        accountId: id.account(edit.accountId),
        person: { groups, primary, held: [] },
      };
    }
    case "rules.put":
      return edit;
  }
}
