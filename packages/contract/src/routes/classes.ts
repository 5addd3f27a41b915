/** The classes of confidentiality: what hosts see of them, and their editing by the organisation (CNF-2). */
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing } from "../schemas.ts";
import { classEffect, classesForHosts, classesInput, organisationClasses } from "../views/classes.ts";
import { z } from "zod";

const json = { answers: "json", query: none, params: none, body: nothing, errors: [], audit: [] } as const;

export const classesRead = defineRoute({
  ...json,
  id: "classes.read",
  method: "GET",
  path: "/api/classes",
  summary: "Each class in the organisation's own words, and what a new meeting of it starts with",
  access: access.account,
  response: classesForHosts,
  limit: "read",
});
export const organisationClassesRead = defineRoute({
  ...json,
  id: "organisation.classes",
  method: "GET",
  path: "/api/organisation/classes",
  summary: "What each class fixes and starts with, the standard beside it, and who changed what when",
  access: access.admin,
  response: organisationClasses,
  limit: "read",
});
export const organisationClassesPreview = defineRoute({
  ...json,
  id: "organisation.classesPreview",
  method: "POST",
  path: "/api/organisation/classes/preview",
  summary: "What stands against saving these classes, and how many meetings they would tighten",
  access: access.admin,
  body: classesInput,
  response: classEffect,
  limit: "read",
});
export const organisationClassesUpdate = defineRoute({
  ...json,
  id: "organisation.classesUpdate",
  method: "PUT",
  path: "/api/organisation/classes",
  summary: "Change the classes; meetings tighten at once, and are loosened by nobody but their own host",
  access: access.admin,
  body: z.strictObject({ ...classesInput.shape, version: z.int() }),
  response: organisationClasses,
  errors: ["settings_changed", "class_rules_contradict"],
  limit: "write",
  audit: ["organisation.classesChanged"],
});
