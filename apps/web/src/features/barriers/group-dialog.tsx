import type { BarrierGroupView, BarrierStatus } from "@sekisho/contract";
import { useMemo, useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { newId } from "./policy-draft.ts";
import { ReviewDialog } from "./review-dialog.tsx";
import type { Edits } from "./use-barriers.ts";

export interface GroupDialogProps {
  status: BarrierStatus;
  /** Undefined: a new one. */
  group: BarrierGroupView | undefined;
  onClose: () => void;
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/u;

/** One a line, as people paste them: an `@` in front and capital letters do no harm. */
export function domainsOf(text: string): {
  readonly domains: readonly string[];
  readonly wrong: string | undefined;
} {
  const all = text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\s,、]+/u)
    .map((one) => one.replace(/^@/u, ""))
    .filter((one) => one !== "");
  return { domains: [...new Set(all)], wrong: all.find((one) => !DOMAIN.test(one)) };
}

export function GroupDialog({ status, group, onClose }: GroupDialogProps): ReactNode {
  const t = useWords("barriers-groups");
  const [groupId] = useState(() => group?.id ?? newId());
  const [name, setName] = useState(group?.name ?? "");
  const [text, setText] = useState(group?.domains.join("\n") ?? "");
  const { domains, wrong } = domainsOf(text);
  const key = domains.join("\n");
  const edits = useMemo<Edits>(() => {
    const list = key === "" ? [] : key.split("\n");
    const ready = name.trim() !== "" && wrong === undefined;
    return ready ? [{ type: "group.put", groupId, name: name.trim(), domains: list }] : [];
  }, [groupId, name, key, wrong]);
  return (
    <ReviewDialog
      title={group === undefined ? t("make.title") : t("edit.title", { name: group.name })}
      edits={edits}
      version={status.version}
      confirm={t(group === undefined ? "make.confirm" : "edit.confirm")}
      onClose={onClose}
    >
      <TextField
        label={t("name")}
        required
        maxLength={128}
        autoComplete="off"
        value={name}
        onChange={setName}
      />
      <TextArea
        label={t("domains")}
        hint={t("domains.hint")}
        value={text}
        onChange={setText}
        error={wrong === undefined ? undefined : t("domains.wrong", { domain: wrong })}
      />
    </ReviewDialog>
  );
}
