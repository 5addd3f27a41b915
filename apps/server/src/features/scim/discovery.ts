/** What the service says of itself (RFC 7644 §4): its abilities, its resources and their attributes. */
import { ourAttributes, groupAttributes, userAttributes } from "./attributes.ts";
import type { ScimAnswer, ScimCall, ScimRoute } from "./scim-binder.ts";
import { notThere, ScimError } from "./scim-error.ts";
import { urns } from "./urns.ts";

const bodyLimit = 1024;

export function discoveryRoutes(): readonly ScimRoute[] {
  const read = { bodyLimit, method: "GET" } as const;
  return [
    { ...read, path: "/ServiceProviderConfig", handle: async (call) => asked(call, config(call.base)) },
    ...collection("/ResourceTypes", resourceTypes),
    ...collection("/Schemas", schemas),
  ];
}

type Documents = (base: string) => readonly (object & { readonly id: string })[];

function collection(path: string, documents: Documents): readonly ScimRoute[] {
  const read = { bodyLimit, method: "GET" } as const;
  return [
    {
      ...{ ...read, path },
      handle: async (call) => {
        const all = documents(call.base);
        const counts = { totalResults: all.length, startIndex: 1, itemsPerPage: all.length };
        return asked(call, { schemas: [urns.list], ...counts, Resources: all });
      },
    },
    {
      ...{ ...read, path: `${path}/:id` },
      handle: async (call) => {
        const id = call.params["id"]?.toLowerCase();
        const found = documents(call.base).find((one) => one.id.toLowerCase() === id);
        if (found === undefined) throw notThere();
        return asked(call, found);
      },
    },
  ];
}

/** These documents are not filtered (RFC 7644 §4). */
function asked({ query }: ScimCall, body: object): ScimAnswer {
  if (query["filter"] !== undefined) throw new ScimError(403, null, "These documents are not filtered.");
  return { status: 200, body };
}

function config(base: string) {
  return {
    schemas: [urns.serviceProvider],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "The token of a credential that an owner has made for the directory.",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}

function resourceTypes(base: string) {
  const type = (id: string, endpoint: string, schema: string) => ({
    ...{ schemas: [urns.resourceType], id, name: id, endpoint, schema, description: id },
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${id}` },
  });
  const extension = { schema: urns.ours, required: false };
  return [
    { ...type("User", "/Users", urns.user), schemaExtensions: [extension] },
    type("Group", "/Groups", urns.group),
  ];
}

function schemas(base: string) {
  const schema = (id: string, name: string, attributes: readonly object[]) => ({
    ...{ schemas: [urns.schema], id, name, description: name, attributes },
    meta: { resourceType: "Schema", location: `${base}/Schemas/${id}` },
  });
  return [
    schema(urns.user, "User", userAttributes),
    schema(urns.group, "Group", groupAttributes),
    schema(urns.ours, "Information barriers", ourAttributes),
  ];
}
