import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { BarriersPage } from "./barriers-page.tsx";
import type { Asked } from "./explain-model.ts";
import { ExplainView } from "./explain-view.tsx";
import { useProblem } from "./use-problem.ts";
import { usePeopleSearch } from "./use-barriers.ts";

/** `/barriers/explain` */
export function ExplainScreen(): ReactNode {
  return <BarriersPage tab="explain">{() => <Explain />}</BarriersPage>;
}

function Explain(): ReactNode {
  const problem = useProblem();
  const look = useMutation({
    mutationFn: (body: Asked) => call("POST", "/api/barriers/explain", { body }),
  });
  return (
    <ExplainView
      people={usePeopleSearch()}
      others={usePeopleSearch()}
      working={look.isPending}
      problem={problem(look.error)}
      answer={look.data}
      onAsk={(asked) => look.mutate(asked)}
      onChange={look.reset}
    />
  );
}
