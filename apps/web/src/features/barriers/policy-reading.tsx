import Ban from "lucide-react/icons/ban";
import CircleDashed from "lucide-react/icons/circle-dashed";
import type { BarrierPolicyView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { isInForce } from "./flags.ts";

/** A policy for who may read and not change. */
export function PolicyReading({ policy }: { policy: BarrierPolicyView }): ReactNode {
  const t = useWords("barriers");
  const a = <b>{<Name>{policy.a.name}</Name>}</b>;
  const b = <b>{<Name>{policy.b.name}</Name>}</b>;
  return (
    <Card>
      <Stack gap="tight">
        <p>{policy.a.id === policy.b.id ? t.rich("sentence.own", { a }) : t.rich("sentence", { a, b })}</p>
        <FactList
          facts={policy.flags.map((flag) => ({
            id: flag,
            icon: flag === "meeting" ? <Ban /> : <CircleDashed />,
            text: t(`flag.${flag}`),
            ...(isInForce(flag) ? {} : { note: t("later") }),
          }))}
        />
        <p>{t(policy.enabled ? "state.inForce" : "state.disabled")}</p>
      </Stack>
    </Card>
  );
}
