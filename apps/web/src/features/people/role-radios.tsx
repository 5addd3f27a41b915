import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Radios } from "../../ui/choice.tsx";

export type Role = "owner" | "admin" | "member";

export interface RoleRadiosProps {
  value: Role;
  onChange: (role: Role) => void;
  /** Only an owner makes another one; the server says so too. */
  canMakeOwner: boolean;
}

export function RoleRadios({ value, onChange, canMakeOwner }: RoleRadiosProps): ReactNode {
  const t = useWords("people");
  const roles: readonly Role[] = canMakeOwner ? ["member", "admin", "owner"] : ["member", "admin"];
  return (
    <Radios
      cards
      label={t("invite.role")}
      value={value}
      onChange={onChange}
      options={roles.map((role) => ({ value: role, label: t(`role.${role}`), hint: t(`role.${role}.hint`) }))}
    />
  );
}
