import { expect, test } from "vitest";
import type { DirectoryPerson } from "../../platform/directory.ts";
import { patchSteps } from "./patch.ts";
import { applyToUser, draftOf, personOf, readUser, userExtensions } from "./user-draft.ts";

const rina: DirectoryPerson = {
  id: "2819c223-7f76-453a-919d-413861904646",
  role: "member",
  userName: "rina@example.jp",
  externalId: "701984",
  givenName: "里奈",
  familyName: "佐久間",
  email: "rina@example.jp",
  displayName: "佐久間 里奈",
  locale: "ja",
  active: true,
  createdAt: new Date(0),
  changedAt: new Date(0),
};

function patched(...operations: readonly object[]) {
  const body = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
  const draft = draftOf(rina);
  for (const step of patchSteps(body, userExtensions)) applyToUser(draft, step);
  return { ...personOf(draft), primaryGroup: draft.primaryGroup };
}

test("[IDN-3] RFC 7643 §8.2: the full user is read, and what is not kept here is left out", () => {
  const full = {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id: "2819c223-7f76-453a-919d-413861904646",
    externalId: "701984",
    userName: "bjensen@example.com",
    name: { formatted: "Ms. Barbara J Jensen, III", familyName: "Jensen", givenName: "Barbara" },
    displayName: "Babs Jensen",
    nickName: "Babs",
    emails: [
      { value: "bjensen@example.com", type: "work", primary: true },
      { value: "babs@jensen.org", type: "home" },
    ],
    phoneNumbers: [{ value: "555-555-5555", type: "work" }],
    title: "Tour Guide",
    preferredLanguage: "en-US",
    active: true,
    password: "t1meMa$heen",
    roles: [{ value: "owner" }],
    groups: [{ value: "e9e30dba-f08f-4109-8486-d5c6a331660a" }],
    meta: { resourceType: "User" },
  };
  expect(personOf(readUser(full, true))).toEqual({
    userName: "bjensen@example.com",
    externalId: "701984",
    givenName: "Barbara",
    familyName: "Jensen",
    email: "bjensen@example.com",
    displayName: "Babs Jensen",
    locale: "en",
    active: true,
  });
});

test("[IDN-3] without a display name there is the whole name, then its parts in the order of the writing", () => {
  const name = (value: object) =>
    personOf(readUser({ userName: "a@example.jp", name: value }, true)).displayName;
  expect(name({ formatted: "佐久間　里奈" })).toBe("佐久間　里奈");
  expect(name({ familyName: "佐久間", givenName: "里奈" })).toBe("佐久間 里奈");
  expect(name({ familyName: "Jensen", givenName: "Barbara" })).toBe("Barbara Jensen");
  expect(name({ familyName: "Jensen" })).toBe("Jensen");
  expect(name({})).toBe("a");
});

test("[IDN-3] deactivated as each directory sends it: in any case, as a word, with a path and without", () => {
  for (const operation of [
    { op: "Replace", path: "active", value: "False" },
    { op: "replace", path: "active", value: false },
    { op: "replace", value: { active: false } },
    { op: "Add", path: "active", value: "false" },
    { op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:active", value: false },
  ])
    expect(patched(operation).active, JSON.stringify(operation)).toBe(false);
  for (const value of ["no", 0, null, {}, []])
    expect(() => patched({ op: "replace", path: "active", value }), JSON.stringify(value)).toThrow();
});

test("[IDN-3] a changed part of the name changes the name that is made of it, and no other", () => {
  expect(patched({ op: "Replace", path: "name.familyName", value: "外山" }).displayName).toBe("外山 里奈");
  const both = { displayName: "Rina", "name.familyName": "Toyama" };
  expect(patched({ op: "replace", value: both })).toMatchObject({
    displayName: "Rina",
    familyName: "Toyama",
  });
});

test("[IDN-3] one address is kept: the primary one, or of work; and it follows the userName that it is", () => {
  expect(
    patched({ op: "replace", path: 'emails[type eq "work"].value', value: "r@example.jp" }),
  ).toMatchObject({
    email: "r@example.jp",
    userName: "rina@example.jp",
  });
  expect(patched({ op: "replace", path: "userName", value: "new@example.jp" }).email).toBe("new@example.jp");
  const emails = [
    { value: "home@example.jp", type: "home" },
    { value: "work@example.jp", type: "work" },
    { value: "first@example.jp", type: "other", primary: true },
  ];
  expect(patched({ op: "add", path: "emails", value: emails }).email).toBe("first@example.jp");
  expect(patched({ op: "add", path: "emails", value: emails.slice(0, 2) }).email).toBe("work@example.jp");
  expect(() => patched({ op: "replace", path: 'emails[type eq "home"].value', value: "x@y.z" })).toThrow();
});

test("[IDN-3] [BAR-2] the primary group by our extension, in each of its forms", () => {
  const urn = "urn:ietf:params:scim:schemas:extension:sekisho:2.0:User";
  for (const operation of [
    { op: "add", path: `${urn}:primaryGroup`, value: "調査" },
    { op: "replace", value: { [urn]: { primaryGroup: "調査" } } },
    { op: "replace", value: { [`${urn}:primaryGroup`]: "調査" } },
    { op: "add", path: urn, value: { primaryGroup: "調査" } },
  ])
    expect(patched(operation).primaryGroup, JSON.stringify(operation)).toBe("調査");
  expect(patched({ op: "remove", path: `${urn}:primaryGroup` }).primaryGroup).toBeNull();
  expect(patched({ op: "remove", path: urn }).primaryGroup).toBeNull();
  expect(patched({ op: "replace", path: "active", value: true }).primaryGroup).toBeUndefined();
});

const refused: readonly (readonly [object, string])[] = [
  [{ op: "replace", path: "id", value: "x" }, "mutability"],
  [{ op: "remove", path: "groups" }, "mutability"],
  [{ op: "replace", path: "nothing", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "urn:x:y:User:role", value: "owner" }, "invalidPath"],
  [{ op: "remove" }, "noTarget"],
  [{ op: "remove", path: "userName" }, "invalidValue"],
  [{ op: "replace", path: "displayName", value: ["x"] }, "invalidValue"],
  [{ op: "replace", path: "displayName", value: "x".repeat(300) }, "invalidValue"],
  [{ op: "replace", value: "x" }, "invalidValue"],
  [{ op: "move", path: "userName", value: "x" }, "invalidSyntax"],
  [{ path: "userName", value: "x" }, "invalidSyntax"],
];

test.each(refused)("[IDN-3] [OPS-3] refused: %j", (operation, scimType) => {
  let error: unknown;
  try {
    patched(operation);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ status: 400, scimType });
});
