import { expect, test } from "vitest";
import { parseFilter, parsePath } from "./filter.ts";
import { fits } from "./match.ts";
import { ScimError } from "./scim-error.ts";

const bjensen = {
  userName: "bjensen@example.com",
  title: "Tour Guide",
  userType: "Employee",
  active: true,
  name: { familyName: "O'Malley" },
  emails: [
    { type: "work", value: "bjensen@example.com", primary: true },
    { type: "home", value: "babs@jensen.org" },
  ],
  ims: [{ type: "xmpp", value: "me@foo.com" }],
  meta: { lastModified: "2011-05-13T04:42:34Z" },
  schemas: ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
};

/** RFC 7644 §3.4.2.2, figure 2: its own examples. */
const examples: readonly (readonly [string, boolean])[] = [
  ['userName Eq "bjensen@EXAMPLE.com"', true],
  ['name.familyName co "O\'Malley"', true],
  ['userName sw "J"', false],
  ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "b"', true],
  ["title pr", true],
  ['meta.lastModified gt "2011-05-13T04:42:33Z"', true],
  ['meta.lastModified ge "2011-05-13T04:42:34Z"', true],
  ['meta.lastModified lt "2011-05-13T04:42:34Z"', false],
  ['meta.lastModified le "2011-05-13T04:42:34Z"', true],
  ['title pr and userType eq "Employee"', true],
  ['title pr or userType eq "Intern"', true],
  ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"', true],
  ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', true],
  ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")', false],
  ['userType eq "Employee" and (emails.type eq "work")', true],
  ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]', true],
  ['emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]', true],
  ['emails[type eq "home" and value co "@example.com"]', false],
  // `and` binds tighter than `or`.
  ['title pr or title pr and userType eq "Intern"', true],
  ["nickName eq null and active eq True and not (active eq false)", true],
];

test.each(examples)("[IDN-3] the filter %s is understood as RFC 7644 has it", (text, expected) => {
  expect(fits(bjensen, parseFilter(text))).toBe(expected);
});

const deep = `${"(".repeat(30)}userName pr${")".repeat(30)}`;
const wrong = [
  ...["", "userName", "userName eq", "userName is 1", 'userName eq "a', "userName eq a", "(title pr"],
  ...["title pr)", "title pr title pr", 'userName eq "a" and', "not title pr", "userName eq {}", "emails[pr"],
  ...["userName eq [1]", '"userName" eq "a"', "1 eq 1", "title pr or ".repeat(200), deep, "a".repeat(5000)],
  ...["__proto__[x pr] ]", "userName eq 1e", "user..name pr", "urn: pr"],
];

test.each(wrong)("[IDN-3] [OPS-3] no filter: %s", (text) => {
  let refused: unknown;
  try {
    parseFilter(text);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(ScimError);
  expect(refused).toMatchObject({ status: 400, scimType: "invalidFilter" });
});

test("[IDN-3] [OPS-3] a filter finds no property that an object only inherits", () => {
  for (const text of ["constructor pr", "toString pr", "__proto__ pr"])
    expect(fits(bjensen, parseFilter(text.replace("__proto__", "hasOwnProperty")))).toBe(false);
});

test("[IDN-3] paths of a PATCH: an attribute, a part of it, or of the element that fits", () => {
  expect(parsePath("userName")).toMatchObject({ name: "username", sub: null, where: null });
  expect(parsePath("name.familyName")).toMatchObject({ name: "name", sub: "familyname", where: null });
  expect(parsePath('emails[type eq "work"].value')).toMatchObject({
    name: "emails",
    sub: "value",
    where: { kind: "compare", op: "eq", value: "work" },
  });
  expect(parsePath("urn:ietf:params:scim:schemas:extension:sekisho:2.0:User:primaryGroup")).toMatchObject({
    schema: "urn:ietf:params:scim:schemas:extension:sekisho:2.0:user",
    name: "primarygroup",
  });
  for (const text of ["", "a b", "emails[", 'emails[type eq "work"]x', 'emails[type eq "work"].a.b', "1a"])
    expect(() => parsePath(text), text).toThrow(ScimError);
});
