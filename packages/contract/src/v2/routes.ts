/** Every route of `/v2`, by id. */
import { z } from "zod";
import { v2BulkAnswer, v2BulkInput } from "./bulk.ts";
import { defineV2 } from "./define.ts";
import * as meetings from "./meeting-shapes.ts";
import { scopesFor } from "./scopes.ts";
import * as shapes from "./shapes.ts";

const none = z.object({});
const noBody = z.unknown();
const medium = { category: "Medium", query: none } as const;
const read = { ...medium, method: "GET", body: noBody, status: 200 } as const;
const remove = { ...medium, method: "DELETE", body: noBody, response: null, status: 204 } as const;
const change = { ...medium, method: "PATCH", response: null, status: 204 } as const;
const create = { ...medium, method: "POST", status: 201 } as const;
const policies = "/v2/information_barriers/policies";

const policyList = defineV2({
  ...read,
  id: "v2.policy.list",
  path: policies,
  summary: "Policies",
  scopes: scopesFor("information_barrier:read:list_policies:admin"),
  query: z.object(shapes.pageQuery),
  response: shapes.paged("policies", shapes.v2Policy),
});
const policyCreate = defineV2({
  ...create,
  id: "v2.policy.create",
  path: policies,
  summary: "A policy for a pair of groups; one pair has one",
  scopes: scopesFor("information_barrier:write:policy:admin"),
  body: shapes.v2PolicyInput,
  response: shapes.v2Policy,
});
const policyGet = defineV2({
  ...read,
  id: "v2.policy.get",
  path: `${policies}/:policyId`,
  summary: "One policy",
  scopes: scopesFor("information_barrier:read:policy:admin"),
  response: shapes.v2Policy,
});
const policyUpdate = defineV2({
  ...change,
  id: "v2.policy.update",
  path: `${policies}/:policyId`,
  summary: "Change a policy; what loosens may wait for a second person",
  scopes: scopesFor("information_barrier:update:policy:admin"),
  body: shapes.v2PolicyPatch,
});
const policyDelete = defineV2({
  ...remove,
  id: "v2.policy.delete",
  path: `${policies}/:policyId`,
  summary: "Delete a policy; may wait for a second person",
  scopes: scopesFor("information_barrier:delete:policy:admin"),
});
const barrierBulk = defineV2({
  ...medium,
  category: "Heavy",
  id: "v2.barrier.bulk",
  method: "PUT",
  path: "/v2/information_barriers/bulk",
  summary: "Replace groups, members and policies as one version, or nothing",
  scopes: scopesFor("information_barrier:write:policy:admin"),
  body: v2BulkInput,
  response: v2BulkAnswer,
  status: 200,
});

const groupList = defineV2({
  ...read,
  id: "v2.group.list",
  path: "/v2/groups",
  summary: "Groups",
  scopes: scopesFor("group:read:list_groups:admin"),
  query: z.object(shapes.pageQuery),
  response: shapes.paged("groups", shapes.v2Group),
});
const groupCreate = defineV2({
  ...create,
  id: "v2.group.create",
  category: "Light",
  path: "/v2/groups",
  summary: "Make a group",
  scopes: scopesFor("group:write:group:admin"),
  body: shapes.v2GroupInput,
  response: shapes.v2Group,
});
const groupGet = defineV2({
  ...read,
  id: "v2.group.get",
  category: "Light",
  path: "/v2/groups/:groupId",
  summary: "One group",
  scopes: scopesFor("group:read:group:admin"),
  response: shapes.v2Group,
});
const groupUpdate = defineV2({
  ...change,
  id: "v2.group.update",
  category: "Light",
  path: "/v2/groups/:groupId",
  summary: "Rename a group",
  scopes: scopesFor("group:update:group:admin"),
  body: shapes.v2GroupInput,
});
const groupDelete = defineV2({
  ...remove,
  id: "v2.group.delete",
  category: "Light",
  path: "/v2/groups/:groupId",
  summary: "Delete a group that no policy names",
  scopes: scopesFor("group:delete:group:admin"),
});
const memberList = defineV2({
  ...read,
  id: "v2.member.list",
  path: "/v2/groups/:groupId/members",
  summary: "Members of a group",
  scopes: scopesFor("group:read:list_members:admin"),
  query: z.object(shapes.numberedPageQuery),
  response: shapes.paged("members", shapes.v2Member),
});
const memberAdd = defineV2({
  ...create,
  id: "v2.member.add",
  path: "/v2/groups/:groupId/members",
  summary: "Add people, all or none; the first group of a person is the primary one",
  scopes: scopesFor("group:write:member:admin"),
  body: shapes.v2MembersInput,
  response: z.strictObject({ ids: z.string(), added_at: z.string() }),
});
const memberDelete = defineV2({
  ...remove,
  id: "v2.member.delete",
  category: "Light",
  path: "/v2/groups/:groupId/members/:memberId",
  summary: "Take a person out of a group",
  scopes: scopesFor("group:delete:member:admin"),
});
const memberUpdate = defineV2({
  ...change,
  id: "v2.member.update",
  path: "/v2/groups/:groupId/members/:memberId",
  summary: "Move a person to another group, or make a group the primary one",
  scopes: scopesFor("group:update:member:admin"),
  body: shapes.v2MemberPatch,
});

const userList = defineV2({
  ...read,
  id: "v2.user.list",
  path: "/v2/users",
  summary: "Accounts; with status=pending the open invitations",
  scopes: scopesFor("user:read:list_users:admin"),
  query: z.object({
    ...shapes.numberedPageQuery,
    status: z.enum(["active", "inactive", "pending"]).default("active"),
    role_id: z.string().max(64).optional(),
  }),
  response: shapes.paged("users", shapes.v2User),
});
const userCreate = defineV2({
  ...create,
  id: "v2.user.create",
  category: "Light",
  path: "/v2/users",
  summary: "Invite somebody",
  scopes: scopesFor("user:write:user:admin"),
  body: shapes.v2UserCreate,
  response: shapes.v2UserCreated,
});
const userEmail = defineV2({
  ...read,
  id: "v2.user.email",
  category: "Light",
  path: "/v2/users/email",
  summary: "Whether an address has an account",
  scopes: scopesFor("user:read:email:admin"),
  query: z.object({ email: z.string().min(1).max(254) }),
  response: z.strictObject({ existed_email: z.boolean() }),
});
const userGet = defineV2({
  ...read,
  id: "v2.user.get",
  category: "Light",
  path: "/v2/users/:userId",
  summary: "One account, by id, address, or `me`",
  scopes: scopesFor("user:read:user:admin"),
  response: shapes.v2User,
});
const userUpdate = defineV2({
  ...change,
  id: "v2.user.update",
  category: "Light",
  path: "/v2/users/:userId",
  summary: "Change name or language",
  scopes: scopesFor("user:update:user:admin"),
  body: shapes.v2UserPatch,
});
const userDelete = defineV2({
  ...remove,
  id: "v2.user.delete",
  category: "Light",
  path: "/v2/users/:userId",
  summary: "Take an open invitation back; accounts are deactivated, not deleted",
  scopes: scopesFor("user:delete:user:admin"),
});
const userStatus = defineV2({
  ...change,
  id: "v2.user.status",
  method: "PUT",
  category: "Light",
  path: "/v2/users/:userId/status",
  summary: "Activate or deactivate an account; its sessions end at once",
  scopes: scopesFor("user:update:status:admin"),
  body: z.object({ action: z.enum(["activate", "deactivate"]) }),
});

const meetingList = defineV2({
  ...read,
  id: "v2.meeting.list",
  path: "/v2/users/:userId/meetings",
  summary: "Meetings of a host",
  scopes: scopesFor("meeting:read:list_meetings:admin"),
  query: z.object({
    ...shapes.numberedPageQuery,
    type: z.enum(meetings.v2MeetingTypes).default("scheduled"),
  }),
  response: shapes.paged("meetings", meetings.v2MeetingRow),
});
const meetingCreate = defineV2({
  ...create,
  id: "v2.meeting.create",
  category: "Light",
  path: "/v2/users/:userId/meetings",
  summary: "Schedule a meeting for a host; the passcode is answered once, here",
  scopes: scopesFor("meeting:write:meeting:admin"),
  body: meetings.v2MeetingInput,
  response: meetings.v2Meeting,
});
const meetingGet = defineV2({
  ...read,
  id: "v2.meeting.get",
  category: "Light",
  path: "/v2/meetings/:meetingId",
  summary: "One meeting, by number or uuid",
  scopes: scopesFor("meeting:read:meeting:admin"),
  response: meetings.v2Meeting,
});
const meetingUpdate = defineV2({
  ...change,
  id: "v2.meeting.update",
  category: "Light",
  path: "/v2/meetings/:meetingId",
  summary: "Change a meeting; a live one tightens at once",
  scopes: scopesFor("meeting:update:meeting:admin"),
  body: meetings.v2MeetingPatch,
});
const meetingDelete = defineV2({
  ...remove,
  id: "v2.meeting.delete",
  category: "Light",
  path: "/v2/meetings/:meetingId",
  summary: "Cancel a meeting",
  scopes: scopesFor("meeting:delete:meeting:admin"),
});
const meetingStatus = defineV2({
  ...change,
  id: "v2.meeting.status",
  method: "PUT",
  category: "Light",
  path: "/v2/meetings/:meetingId/status",
  summary: "End a meeting for everybody",
  scopes: scopesFor("meeting:update:status:admin"),
  body: meetings.v2StatusInput,
});

export const v2Routes = {
  policyList,
  policyCreate,
  policyGet,
  policyUpdate,
  policyDelete,
  barrierBulk,
  groupList,
  groupCreate,
  groupGet,
  groupUpdate,
  groupDelete,
  memberList,
  memberAdd,
  memberDelete,
  memberUpdate,
  userList,
  userCreate,
  userEmail,
  userGet,
  userUpdate,
  userDelete,
  userStatus,
  meetingList,
  meetingCreate,
  meetingGet,
  meetingUpdate,
  meetingDelete,
  meetingStatus,
} as const;

export const allV2Routes = Object.values(v2Routes);
