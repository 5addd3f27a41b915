import type { BarrierPolicyView, BarrierStatus } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useSearch } from "wouter";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useParam } from "../../app-shell/location.ts";
import { NotFound } from "../../routes.ts";
import type { Choice } from "../../ui/search-select.tsx";
import { BarriersPage } from "./barriers-page.tsx";
import { draftOf, newDraft } from "./policy-draft.ts";
import { PolicyForm } from "./policy-form.tsx";
import { PolicyReading } from "./policy-reading.tsx";
import { useGroup, usePolicy } from "./use-barriers.ts";

/** `/barriers/policies/:policyId`; `new` with `?a=…&b=…` begins one for two groups. */
export function PolicyScreen(): ReactNode {
  const policyId = useParam("policyId");
  return (
    <BarriersPage tab="policies">
      {(status) =>
        policyId === "new" ? <New status={status} /> : <Existing status={status} id={policyId} />
      }
    </BarriersPage>
  );
}

function New({ status }: { status: BarrierStatus }): ReactNode {
  const query = new URLSearchParams(useSearch());
  const a = useGroup(query.get("a") ?? undefined);
  const b = useGroup(query.get("b") ?? undefined);
  if (!status.mayEdit) return <NotFound />;
  return (
    <Loaded query={a}>
      {(one) => (
        <Loaded query={b}>
          {(other) => <PolicyForm status={status} start={newDraft(choiceOf(one), choiceOf(other))} isNew />}
        </Loaded>
      )}
    </Loaded>
  );
}

function choiceOf(group: { id: string; name: string } | null): Choice | undefined {
  return group === null ? undefined : { id: group.id, name: group.name };
}

function Existing({ status, id }: { status: BarrierStatus; id: string }): ReactNode {
  const policy = usePolicy(id);
  return <Loaded query={policy}>{(found) => <Found status={status} policy={found} />}</Loaded>;
}

function Found({ status, policy }: { status: BarrierStatus; policy: BarrierPolicyView | null }): ReactNode {
  if (policy === null) return <NotFound />;
  if (!status.mayEdit) return <PolicyReading policy={policy} />;
  return <PolicyForm key={policy.id} status={status} start={draftOf(policy)} isNew={false} />;
}
