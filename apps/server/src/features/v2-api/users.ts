/** `/v2/users` (BAR-12). What this product cannot do is refused: an account is never deleted, nobody is made without a link. */
import { v2Routes, type AccountRole, type V2User } from "@sekisho/contract";
import { id, type BarrierModel } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { afterOf, frameOf, skippedOf, type PageAsked } from "./paging.ts";
import type { ApiAccounts, ApiBarriers } from "./ports.ts";
import { accountOf, isUuid, userPage, type UserRow } from "./user-rows.ts";
import { handleV2, type BoundV2, type V2Call } from "./v2-binder.ts";
import { V2Error } from "./v2-error.ts";

export type UsersDeps = {
  readonly db: Db;
  readonly barriers: ApiBarriers;
  readonly accounts: ApiAccounts;
  readonly origin: () => string;
};

const roleIds = { owner: "0", admin: "1", member: "2" } as const satisfies Record<AccountRole, string>;
const roleNames = { owner: "Owner", admin: "Admin", member: "Member" } as const;
const roles = ["owner", "admin", "member"] as const;

export function userRoutes(deps: UsersDeps): readonly BoundV2[] {
  return [...readRoutes(deps), ...changeRoutes(deps)];
}

function readRoutes(deps: UsersDeps): readonly BoundV2[] {
  const { db, barriers } = deps;
  return [
    handleV2(v2Routes.userList, async ({ query }) => {
      if (query.status === "pending") return { body: await pendingPage(db, query) };
      const role = roles.find((one) => roleIds[one] === query.role_id) ?? null;
      if (query.role_id !== undefined && query.role_id !== "" && role === null)
        return { body: { ...frameOf(query, 0, null), users: [] } };
      const after = afterOf(query);
      if (after !== null && !isUuid(after)) throw new V2Error("page_token");
      const { total, rows } = await userPage(db, {
        disabled: query.status === "inactive",
        role,
        after,
        skip: skippedOf(query),
        count: query.page_size,
      });
      const shown = rows.slice(0, query.page_size);
      const next = rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null;
      const model = await barriers.read();
      return { body: { ...frameOf(query, total, next), users: shown.map((row) => viewOf(row, model)) } };
    }),
    handleV2(v2Routes.userEmail, async ({ query }) => {
      const found = await accountOf(db, query.email, null).catch(() => null);
      return { body: { existed_email: found !== null && query.email.includes("@") } };
    }),
    handleV2(v2Routes.userGet, async ({ params, client }) => {
      const row = await accountOf(db, params["userId"] ?? "", client.actsFor);
      const { account_id: accountId } = await db
        .selectFrom("organisation")
        .select("account_id")
        .executeTakeFirstOrThrow();
      return {
        body: {
          ...viewOf(row, await barriers.read()),
          account_id: accountId,
          role_name: roleNames[row.role],
          use_pmi: false,
          personal_meeting_url: `${deps.origin()}/m/${row.personal_link}`,
          login_types: [100],
        },
      };
    }),
  ];
}

function changeRoutes(deps: UsersDeps): readonly BoundV2[] {
  const { db, accounts } = deps;
  return [
    handleV2(v2Routes.userCreate, async (call) => ({ ...(await invited(deps, call)) })),
    handleV2(v2Routes.userUpdate, async ({ params, body, client }) => {
      const { id: accountId } = await accountOf(db, params["userId"] ?? "", client.actsFor);
      const displayName = nameOf(body);
      const locale = body.language === undefined ? null : localeOf(body.language);
      if (displayName === null && locale === null)
        throw new V2Error(
          "validation",
          "Of a user, display_name, first_name, last_name and language can be changed.",
        );
      const change = {
        ...(displayName === null ? {} : { displayName }),
        ...(locale === null ? {} : { locale }),
      };
      await accounts.rename(accountId, change, { kind: "service", id: client.id });
      return {};
    }),
    handleV2(v2Routes.userDelete, async ({ params, client }) => {
      const userId = params["userId"] ?? "";
      const actor = { kind: "service", id: client.id } as const;
      if (isUuid(userId) && (await accounts.revokeInvitation(userId, actor))) return {};
      await accountOf(db, userId, client.actsFor);
      throw new V2Error(
        "no_permission",
        "Accounts are not deleted, since the evidence names them. PUT /users/{userId}/status with deactivate.",
      );
    }),
    handleV2(v2Routes.userStatus, async ({ params, body, client }) => {
      const { id: accountId } = await accountOf(db, params["userId"] ?? "", client.actsFor);
      const actor = { kind: "service", id: client.id } as const;
      await accounts.setDisabled(accountId, body.action === "deactivate", actor);
      return {};
    }),
  ];
}

type Create = V2Call<unknown, (typeof v2Routes.userCreate)["body"]["_output"]>;

async function invited(deps: UsersDeps, { body, client }: Create) {
  if (body.action !== "create")
    throw new V2Error(
      "no_permission",
      "People choose their own password here: only action create is possible.",
    );
  if (client.actsFor === null) throw new V2Error("no_permission", "This client acts for nobody.");
  const { email } = body.user_info;
  const displayName = nameOf(body.user_info) ?? email.slice(0, email.indexOf("@"));
  const actor = { kind: "service", id: client.id } as const;
  const made = await deps.accounts.invite({ email, displayName, by: client.actsFor }, actor);
  const kept = { id: made.id, email, first_name: displayName, last_name: "", type: 2 };
  return { body: { ...kept, invitation_url: made.url }, kept };
}

type Names = {
  readonly display_name?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
};

function nameOf({ display_name: whole, first_name: first = "", last_name: last = "" }: Names): string | null {
  const name = whole ?? `${first} ${last}`.trim();
  return name === "" ? null : name;
}

function localeOf(language: string): "ja" | "en" {
  if (/^(?:ja|jp)/iu.test(language)) return "ja";
  if (/^en/iu.test(language)) return "en";
  throw new V2Error("validation", "", { fields: [{ field: "language", message: "ja-JP or en-US." }] });
}

export function secondsIso(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

function viewOf(row: UserRow, model: BarrierModel): V2User {
  const person = model.people.get(id.account(row.id));
  const created = secondsIso(row.created_at);
  return {
    ...basicFields(row),
    status: row.disabled_at === null ? "active" : "inactive",
    role_id: roleIds[row.role],
    pmi: Number(row.personal_number),
    language: row.locale === "ja" ? "jp-JP" : "en-US",
    created_at: created,
    user_created_at: created,
    ...(row.last_sign_in_at === null ? {} : { last_login_time: secondsIso(row.last_sign_in_at) }),
    group_ids: [...(person?.groups ?? [])],
    ...(person === undefined || person.primary === null ? {} : { primary_group_id: person.primary }),
  };
}

function basicFields(row: { readonly id: string; readonly email: string; readonly display_name: string }) {
  return {
    id: row.id,
    email: row.email,
    first_name: row.display_name,
    last_name: "",
    display_name: row.display_name,
    type: 2,
    timezone: "",
    dept: "",
    verified: 1,
    im_group_ids: [],
  };
}

async function pendingPage(db: Db, query: PageAsked) {
  const open = db
    .selectFrom("invitation")
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", new Date());
  const { total } = await open
    .select((count) => count.fn.countAll<string>().as("total"))
    .executeTakeFirstOrThrow();
  const after = afterOf(query);
  if (after !== null && !isUuid(after)) throw new V2Error("page_token");
  let list = open
    .selectAll()
    .orderBy("id")
    .limit(query.page_size + 1)
    .offset(skippedOf(query));
  if (after !== null) list = list.where("id", ">", after);
  const rows = await list.execute();
  const shown = rows.slice(0, query.page_size);
  const next = rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null;
  const users: V2User[] = shown.map((row) => ({
    ...basicFields(row),
    status: "pending",
    role_id: roleIds[row.role],
    language: "jp-JP",
    created_at: secondsIso(row.created_at),
    user_created_at: secondsIso(row.created_at),
    verified: 0,
    group_ids: [],
  }));
  return { ...frameOf(query, Number(total), next), users };
}
