/** An account as a user of RFC 7643 §4.1, with our extension. */
import { id, type BarrierModel } from "@sekisho/domain";
import type { DirectoryPerson } from "../../platform/directory.ts";
import type { Resource } from "./resource.ts";
import { tagOf } from "./resource.ts";
import { urns } from "./urns.ts";

export function userView(person: DirectoryPerson, model: BarrierModel, base: string): Resource {
  const { givenName, familyName, displayName, externalId } = person;
  const inBarriers = model.people.get(id.account(person.id));
  const primary =
    inBarriers === undefined || inBarriers.primary === null
      ? undefined
      : model.groups.get(inBarriers.primary);
  const resource = {
    schemas: [urns.user, urns.ours],
    id: person.id,
    ...(externalId === null ? {} : { externalId }),
    userName: person.userName,
    name: {
      formatted: displayName,
      ...(givenName === null ? {} : { givenName }),
      ...(familyName === null ? {} : { familyName }),
    },
    displayName,
    preferredLanguage: person.locale === "ja" ? "ja-JP" : "en-US",
    active: person.active,
    emails: [{ value: person.email, type: "work", primary: true }],
    groups: (inBarriers?.groups ?? []).flatMap((groupId) => {
      const group = model.groups.get(groupId);
      if (group === undefined) return [];
      const $ref = `${base}/Groups/${encodeURIComponent(groupId)}`;
      return [{ value: groupId, $ref, display: group.name, type: "direct" }];
    }),
    [urns.ours]: primary === undefined ? {} : { primaryGroup: primary.name },
  };
  const meta = {
    resourceType: "User",
    created: person.createdAt.toISOString(),
    lastModified: person.changedAt.toISOString(),
    location: `${base}/Users/${person.id}`,
    version: tagOf(resource),
  };
  return { ...resource, meta };
}
