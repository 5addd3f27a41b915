import UserPlus from "lucide-react/icons/user-plus";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { fullName } from "../../ui/person-name.tsx";
import { Chosen, PersonPicker, type Pick } from "../../ui/person-picker.tsx";
import { Contradictions } from "./contradiction-note.tsx";
import { ExternalDialog } from "./external-dialog.tsx";
import { useForm, type Person } from "./form-context.ts";

export function PeopleFields(): ReactNode {
  return (
    <>
      <InviteesField />
      <VerifierField />
      <CoHostsField />
    </>
  );
}

function picks(people: readonly Person[], taken: (person: Person) => boolean): readonly Pick[] {
  return people
    .filter((person) => !taken(person))
    .map((person) => ({ id: person.id, name: person.displayName, note: person.email }));
}

function InviteesField(): ReactNode {
  const { draft, set, people, onSearch, isColleague, before } = useForm();
  const t = useWords("schedule");
  const { lang } = useUiLocale();
  const [asking, setAsking] = useState<string | undefined>(undefined);
  const takenOff = before.invitees.some((one) => !draft.invitees.some(({ email }) => email === one.email));
  const has = (email: string) =>
    draft.invitees.some((one) => one.email.toLowerCase() === email.toLowerCase());
  const add = (id: string) => {
    const person = people.find((one) => one.id === id);
    if (person === undefined || has(person.email)) return;
    set({
      invitees: [...draft.invitees, { name: person.displayName, organisation: "", email: person.email }],
    });
  };
  const chosen = draft.invitees.map((one) => {
    const colleague = isColleague(one.email);
    const name = fullName(lang, one.name, one.organisation);
    return colleague
      ? { id: one.email, name }
      : { id: one.email, name, mark: t("invitees.external"), editLabel: t("external.changeOf", { name }) };
  });
  return (
    <FieldBox group label={t("invitees")}>
      {() => (
        <>
          <Chosen
            label={t("invitees.chosen")}
            people={chosen}
            removeLabel={(name) => t("remove", { name })}
            onRemove={(email) => set({ invitees: draft.invitees.filter((one) => one.email !== email) })}
            onEdit={setAsking}
          />
          <PersonPicker
            label={t("invitees")}
            placeholder={t("invitees.placeholder")}
            nobody={t("invitees.nobody")}
            found={picks(people, (person) => has(person.email))}
            onSearch={onSearch}
            onPick={add}
          />
          <div>
            <Button kind="quiet" icon={<UserPlus />} onClick={() => setAsking("")}>
              {t("invitees.addExternal")}
            </Button>
          </div>
          {takenOff && <Note tone="info">{t("invitees.takenOff")}</Note>}
          {asking !== undefined && <AskExternal asking={asking} onClose={() => setAsking(undefined)} />}
        </>
      )}
    </FieldBox>
  );
}

/** `asking`: the address of who is changed; empty: somebody new. */
function AskExternal({ asking, onClose }: { asking: string; onClose: () => void }): ReactNode {
  const { draft, set } = useForm();
  const others = draft.invitees.filter((one) => one.email !== asking);
  const initial = draft.invitees.find((one) => one.email === asking);
  return (
    <ExternalDialog
      taken={(email) => others.some((one) => one.email.toLowerCase() === email.toLowerCase())}
      {...(initial === undefined ? {} : { initial })}
      onClose={onClose}
      onAdd={(invitee) => {
        const isNew = initial === undefined;
        set({
          invitees: isNew
            ? [...draft.invitees, invitee]
            : draft.invitees.map((one) => (one.email === asking ? invitee : one)),
        });
        onClose();
      }}
    />
  );
}

function VerifierField(): ReactNode {
  const { draft, set, people, onSearch, nameOf, selfId } = useForm();
  const t = useWords("schedule");
  const { verifier } = draft;
  return (
    <FieldBox group label={t("verifier")} hint={t("verifier.hint")}>
      {({ describedBy }) => (
        <>
          {verifier !== null ? (
            <Chosen
              label={t("chosen.verifier")}
              people={[{ id: verifier, name: nameOf(verifier) }]}
              removeLabel={(name) => t("remove", { name })}
              onRemove={() => set({ verifier: null })}
            />
          ) : (
            <>
              <PersonPicker
                label={t("verifier")}
                describedBy={describedBy}
                placeholder={t("invitees.placeholder")}
                nobody={t("invitees.nobody")}
                found={picks(people, () => false)}
                onSearch={onSearch}
                onPick={(id) => set({ verifier: id })}
              />
              <div>
                <Button kind="quiet" onClick={() => set({ verifier: selfId })}>
                  {t("verifier.me")}
                </Button>
              </div>
            </>
          )}
          <Contradictions field="verifier" />
        </>
      )}
    </FieldBox>
  );
}

function CoHostsField(): ReactNode {
  const { draft, set, people, onSearch, nameOf, selfId } = useForm();
  const t = useWords("schedule");
  return (
    <FieldBox group label={t("coHosts")} hint={t("coHosts.hint")}>
      {({ describedBy }) => (
        <>
          <Chosen
            label={t("chosen.coHosts")}
            people={draft.coHosts.map((id) => ({ id, name: nameOf(id) }))}
            removeLabel={(name) => t("remove", { name })}
            onRemove={(id) => set({ coHosts: draft.coHosts.filter((one) => one !== id) })}
          />
          <PersonPicker
            label={t("coHosts")}
            describedBy={describedBy}
            placeholder={t("invitees.placeholder")}
            nobody={t("invitees.nobody")}
            found={picks(people, (person) => person.id === selfId || draft.coHosts.includes(person.id))}
            onSearch={onSearch}
            onPick={(id) => set({ coHosts: [...draft.coHosts, id] })}
          />
        </>
      )}
    </FieldBox>
  );
}
