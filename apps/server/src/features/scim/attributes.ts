/** The attributes that are kept here, as RFC 7643 §7 describes attributes. What is not among them is left out. */
type Wish = {
  readonly type?: "string" | "boolean" | "complex" | "reference";
  readonly required?: boolean;
  readonly multiValued?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: "readWrite" | "readOnly" | "immutable";
  readonly uniqueness?: "none" | "server";
  readonly subAttributes?: readonly object[];
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
};

function attribute(name: string, description: string, wish: Wish = {}) {
  return {
    ...{ name, description, type: "string", multiValued: false, required: false, caseExact: false },
    ...{ mutability: "readWrite", returned: "default", uniqueness: "none" },
    ...wish,
  };
}

const readOnly = { mutability: "readOnly" } as const;

export const userAttributes = [
  attribute("userName", "What the directory calls the person", { required: true, uniqueness: "server" }),
  attribute("name", "The parts of the name", {
    type: "complex",
    subAttributes: [
      attribute("formatted", "The whole name"),
      attribute("givenName", "Given name"),
      attribute("familyName", "Family name"),
    ],
  }),
  attribute("displayName", "The name that others see in meetings, 1 to 64 characters"),
  attribute("preferredLanguage", "ja or en"),
  attribute("active", "False ends every session and every meeting in progress at once", { type: "boolean" }),
  attribute("emails", "One address, of type work: the one for signing in", {
    type: "complex",
    multiValued: true,
    subAttributes: [
      attribute("value", "The address", { uniqueness: "server" }),
      attribute("type", "work", { canonicalValues: ["work"] }),
      attribute("primary", "True", { type: "boolean" }),
    ],
  }),
  attribute("groups", "Groups, changed at /Groups", {
    ...readOnly,
    type: "complex",
    multiValued: true,
    subAttributes: [
      attribute("value", "Id of the group", readOnly),
      attribute("$ref", "Address of the group", {
        ...readOnly,
        type: "reference",
        referenceTypes: ["Group"],
      }),
      attribute("display", "Name of the group", readOnly),
      attribute("type", "direct", { ...readOnly, canonicalValues: ["direct"] }),
    ],
  }),
];

const immutable = { mutability: "immutable" } as const;

export const groupAttributes = [
  attribute("displayName", "Name of the group", { required: true, uniqueness: "server" }),
  attribute("members", "Accounts; no groups", {
    type: "complex",
    multiValued: true,
    subAttributes: [
      attribute("value", "Id of the user", immutable),
      attribute("$ref", "Address of the user", { ...immutable, type: "reference", referenceTypes: ["User"] }),
      attribute("display", "Name of the user", readOnly),
      attribute("type", "User", { ...immutable, canonicalValues: ["User"] }),
    ],
  }),
];

export const ourAttributes = [
  attribute("primaryGroup", "The group that counts for information barriers, by its name or id"),
];
