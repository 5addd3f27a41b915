import { useState, type ReactNode } from "react";
import ChevronDown from "lucide-react/icons/chevron-down";
import { useWords } from "../../i18n/words.ts";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { FieldBox, Fields } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Contradictions } from "./contradiction-note.tsx";
import type { Draft } from "./draft.ts";
import { useHeld } from "./effective.tsx";
import { useForm } from "./form-context.ts";
import { AgreementRow, NameRuleField } from "./outsiders-fields.tsx";
import { RightsFields } from "./rights-fields.tsx";
import styles from "./schedule.module.css";

/** Fields whose contradictions are shown in here. */
const advanced = new Set([
  "waitingRoom",
  "joinBeforeHost",
  "visibility",
  "registration",
  "guestProof",
  "nameRule",
]);

type Toggle = "waitingRoom" | "joinBeforeHost" | "muteOnEntry";

/** Closed unless something in it is wrong. */
export function AdvancedFields({ initialOpen = false }: { initialOpen?: boolean }): ReactNode {
  const t = useWords("schedule");
  const { preview, checks } = useForm();
  const [open, setOpen] = useState(initialOpen);
  const wrong =
    preview?.contradictions.some((one) => advanced.has(one.field)) === true ||
    checks.errorOf("domains") !== undefined;
  const shown = open || wrong;
  return (
    <section className={styles["advanced"]}>
      <h2>
        <button
          type="button"
          className={styles["advanced-open"]}
          aria-expanded={shown}
          onClick={() => setOpen(!shown)}
        >
          <ChevronDown />
          {t("advanced")}
        </button>
      </h2>
      {shown && (
        <div className={styles["advanced-body"]}>
          <ToggleRow field="waitingRoom" />
          <ToggleRow field="joinBeforeHost" />
          <ToggleRow field="muteOnEntry" />
          <JoinRow />
          <AgreementRow />
          <RegistrationRow />
          <AddressRow />
          <div className={styles["advanced-row"]}>
            <Fields side>
              <NameRuleField />
              <RightsFields />
              <VisibilityField />
              <DescriptionField />
            </Fields>
            <Contradictions field="visibility" />
            <Contradictions field="nameRule" />
          </div>
        </div>
      )}
    </section>
  );
}

function ToggleRow({ field }: { field: Toggle }): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const held = useHeld(field);
  const on = held.fixedBy === undefined ? draft[field] : held.value === true;
  const change = (value: boolean): Partial<Draft> => ({ [field]: value });
  return (
    <div className={styles["advanced-row"]}>
      <Checkbox checked={on} onChange={(value) => set(change(value))} fixedBy={held.fixedBy}>
        {t(field)}
      </Checkbox>
      <Contradictions field={field} />
    </div>
  );
}

function JoinRow(): ReactNode {
  const { draft, set, checks } = useForm();
  const t = useWords("schedule");
  const held = useHeld("whoMayJoin");
  const signedIn =
    draft.whoMayJoin !== "anyoneWithLink" || (held.fixedBy !== undefined && held.value !== "anyoneWithLink");
  const named = draft.whoMayJoin === "named" || held.value === "named";
  // The host's own choice, stricter than what is fixed, can be taken back.
  const isOwn = draft.whoMayJoin === "named";
  const domainsFixed =
    held.value === "named" && !isOwn && held.fixedBy !== undefined ? { fixedBy: held.fixedBy } : {};
  return (
    <div className={styles["advanced-row"]}>
      <Checkbox
        checked={signedIn}
        fixedBy={held.fixedBy}
        onChange={(on) => set({ whoMayJoin: on ? "signedIn" : "anyoneWithLink" })}
      >
        {t("signedIn")}
      </Checkbox>
      {signedIn && (
        <div className={styles["indent"]}>
          <Checkbox
            checked={named}
            {...domainsFixed}
            onChange={(on) => set({ whoMayJoin: on ? "named" : "signedIn" })}
          >
            {t("named")}
          </Checkbox>
          {named && (
            <TextField
              label={t("domains")}
              hint={t("domains.hint")}
              spellCheck={false}
              autoCapitalize="none"
              value={draft.allowedDomains.join(" ")}
              onChange={(text) => set({ allowedDomains: text.toLowerCase().split(/[\s,、]+/u) })}
              onBlur={checks.leave("domains")}
              error={checks.errorOf("domains")}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** INV-5: at low personal links make the passcode dispensable; what follows is said, and can be taken back. */
function RegistrationRow(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const held = useHeld("registration");
  const on = held.fixedBy === undefined ? draft.registration === "required" : held.value === "required";
  const withoutPasscode = on && draft.confidentiality === "low" && !draft.passcodeRequired;
  return (
    <div className={styles["advanced-row"]}>
      <Checkbox
        checked={on}
        fixedBy={held.fixedBy}
        hint={on ? t(withoutPasscode ? "registration.noPasscode" : "registration.hint") : undefined}
        onChange={(required) =>
          set({
            registration: required ? "required" : "none",
            ...(draft.confidentiality === "low" ? { passcodeRequired: !required } : {}),
          })
        }
      >
        {t("registration")}
      </Checkbox>
      <Contradictions field="registration" />
    </div>
  );
}

/** IDN-4. */
function AddressRow(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const held = useHeld("guestProof");
  const on = held.fixedBy === undefined ? draft.guestProof === "address" : held.value === "address";
  return (
    <div className={styles["advanced-row"]}>
      <Checkbox
        checked={on}
        fixedBy={held.fixedBy}
        hint={on ? t("guestProof.hint") : undefined}
        onChange={(proof) => set({ guestProof: proof ? "address" : "none" })}
      >
        {t("guestProof")}
      </Checkbox>
      <Contradictions field="guestProof" />
    </div>
  );
}

function VisibilityField(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const held = useHeld("visibility");
  const value =
    held.fixedBy === undefined ? draft.visibility : held.value === "public" ? "public" : "private";
  return (
    <FieldBox group label={t("visibility")} hint={t("visibility.hint")} aside={held.fixedBy}>
      {({ describedBy }) => (
        <Radios
          label={t("visibility")}
          describedBy={describedBy}
          value={value}
          options={[
            { value: "private", label: t("visibility.private") },
            {
              value: "public",
              label: t("visibility.public"),
              ...(held.fixedBy === undefined ? {} : { refused: held.fixedBy }),
            },
          ]}
          onChange={(visibility) => set({ visibility })}
        />
      )}
    </FieldBox>
  );
}

function DescriptionField(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  return (
    <TextArea
      label={t("description")}
      hint={t("description.hint")}
      maxLength={4000}
      value={draft.description}
      onChange={(description) => set({ description })}
    />
  );
}
