/** What a directory wants of a group, read from a whole group or from the steps of a PATCH. */
import { presentable } from "@sekisho/domain";
import { fieldOf, fits, listOf, type Json } from "./match.ts";
import { patchSteps, type PatchStep } from "./patch.ts";
import { badValue, ScimError } from "./scim-error.ts";
import { urns } from "./urns.ts";

export type GroupDraft = {
  displayName: string;
  externalId: string | null;
  /** Ids of accounts. */
  members: Set<string>;
};

/** Of a whole group; `members` undefined: nothing was said of them. */
export type WholeGroup = Omit<GroupDraft, "members"> & { readonly members: Set<string> | undefined };

/** Throws `invalidValue`. */
export function readGroup(body: Json): WholeGroup {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new ScimError(400, "invalidSyntax", "A group is a JSON object.");
  const members = fieldOf(body, "members");
  return {
    displayName: nameIn(fieldOf(body, "displayname")),
    externalId: externalIdIn(fieldOf(body, "externalid")),
    members: members === undefined || members === null ? undefined : new Set(memberIds(members)),
  };
}

export function patchGroup(body: Json): readonly PatchStep[] {
  return patchSteps(body, []);
}

const core = urns.group.toLowerCase();

/** Throws `invalidValue`, `invalidPath`, `mutability`, `noTarget`. */
export function applyToGroup(draft: GroupDraft, step: PatchStep): void {
  const { op, path, beside } = step;
  if (path.schema !== null && path.schema !== core) {
    if (beside) return;
    throw new ScimError(400, "invalidPath", "The schema of this path is not known here.");
  }
  const value = op === "remove" ? null : step.value;
  switch (path.name) {
    case "displayname":
      draft.displayName = nameIn(value);
      return;
    case "externalid":
      draft.externalId = externalIdIn(value);
      return;
    case "members":
      return changeMembers(draft, step);
    case "id":
    case "meta":
    case "schemas":
      if (!beside) throw new ScimError(400, "mutability", `${path.name} is not changed here.`);
      return;
    default:
      if (!beside) throw new ScimError(400, "invalidPath", "There is no such attribute.");
  }
}

/** Removing names whom: by a filter in the path, or by values beside it, as one directory does it. Neither: everybody. */
function changeMembers({ members }: GroupDraft, { op, path, value }: PatchStep): void {
  const { where } = path;
  if (where !== null) {
    if (op !== "remove") throw new ScimError(400, "invalidPath", "Members are added and removed as a whole.");
    for (const one of members) if (fits({ value: one }, where)) members.delete(one);
    return;
  }
  if (op === "remove") {
    if (value === undefined || value === null) members.clear();
    else for (const one of memberIds(value)) members.delete(one);
    return;
  }
  if (op === "replace") members.clear();
  for (const one of memberIds(value)) members.add(one);
}

const mostMembers = 50_000;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

function memberIds(value: Json): readonly string[] {
  const list = listOf(value);
  if (list.length > mostMembers) throw new ScimError(413, null, "Too many members in one request.");
  return list.map((one) => {
    const id = typeof one === "string" ? one : fieldOf(one, "value");
    const type = fieldOf(one, "type");
    const isUser =
      typeof type === "string" ? type.toLowerCase() === "user" : type === undefined || type === null;
    if (typeof id !== "string" || !uuid.test(id) || !isUser)
      throw badValue("A member is a user, named by its id. Groups inside groups do not exist here.");
    return id.toLowerCase();
  });
}

function nameIn(value: Json): string {
  const name = typeof value === "string" ? value.normalize("NFC").trim() : "";
  if (name === "" || presentable(name, 100) !== name)
    throw badValue("displayName has 1 to 100 visible letters on one line.");
  return name;
}

function externalIdIn(value: Json): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value !== "string" || value.length > 256)
    throw badValue("externalId is a string of at most 256 letters.");
  return value;
}
