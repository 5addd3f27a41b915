import type { MeetingPreview } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { useForm } from "./form-context.ts";

type Field = MeetingPreview["effective"][number]["field"];

export interface Held {
  /** The value in force, or undefined before the first answer of the server. */
  readonly value: string | boolean | undefined;
  /** Who fixed it, in words, or undefined if the host decides. */
  readonly fixedBy: ReactNode | undefined;
}

/** BAR-8: what barriers mean for a meeting, in a sentence where there is one to say. */
const barrierKeys: Partial<Record<Field, "fixedBy.barrier.joinBeforeHost" | "fixedBy.barrier.whoMayJoin">> = {
  joinBeforeHost: "fixedBy.barrier.joinBeforeHost",
  whoMayJoin: "fixedBy.barrier.whoMayJoin",
};

/** What the server says of one field: the form shows it and decides nothing (CNF-3). */
export function useHeld(field: Field): Held {
  const { preview, draft } = useForm();
  const common = useWords("common");
  const t = useWords("schedule");
  const found = preview?.effective.find((one) => one.field === field);
  if (found === undefined || found.fixedBy.length === 0) return { value: found?.value, fixedBy: undefined };
  const level = draft.confidentiality;
  const words =
    found.fixedBy.includes("preset") && level !== undefined
      ? common(`fixedBy.${level}`)
      : found.fixedBy.includes("organisation")
        ? common("fixedBy.organisation")
        : found.fixedBy.includes("barrier")
          ? t(barrierKeys[field] ?? "fixedBy.barrier")
          : t("fixedBy.server");
  return { value: found.value, fixedBy: <FixedBy>{words}</FixedBy> };
}
