/** The names of schemas and messages (RFC 7643 §8.7, RFC 7644 §8). */
export const urns = {
  user: "urn:ietf:params:scim:schemas:core:2.0:User",
  group: "urn:ietf:params:scim:schemas:core:2.0:Group",
  enterprise: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  /** Ours: the group that counts for information barriers (BAR-2). The form is the one that directories accept. */
  ours: "urn:ietf:params:scim:schemas:extension:sekisho:2.0:User",
  list: "urn:ietf:params:scim:api:messages:2.0:ListResponse",
  serviceProvider: "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
  resourceType: "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
  schema: "urn:ietf:params:scim:schemas:core:2.0:Schema",
} as const;
