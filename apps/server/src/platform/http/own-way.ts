/**
 * Who signs in by password or passkey although everybody is to sign in by an identity provider (IDN-3): owners; who looks
 * after barriers, since an owner decides what the provider's connection is, and is not to decide whether the second person
 * comes in; and who has a role or duty and is tied to no provider that is on, since only a session ties.
 */
import { sql } from "kysely";

/** Of the table `account`. */
export const hasOwnWay = sql<boolean>`(
  account.role = 'owner'
  or 'compliance' = any(account.duties)
  or ((account.role <> 'member' or account.duties <> '{}') and not exists (
    select from provider_identity tie
    join identity_provider provider on provider.id = tie.provider_id
    where tie.account_id = account.id and provider.enabled)))`;
