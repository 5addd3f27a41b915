import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { accessMatrix, answerTo, principalKinds } from "../../testkit/src/access-matrix.ts";
import { allRoutes } from "./routes.ts";

const file = fileURLToPath(new URL("../../../docs/ACCESS.md", import.meta.url));

test("[SEC-2] docs/ACCESS.md is the access of every route for every kind of principal", async () => {
  await expect(accessMatrix(allRoutes)).toMatchFileSnapshot(file);
});

test("[ADM-2] whoever is not admitted, removed or disabled gets nothing of the meeting in progress", () => {
  const strangers = [
    "nobody",
    "guest",
    "guest waiting",
    "guest removed",
    "member",
    "admin",
    "owner",
  ] as const;
  for (const { access } of allRoutes.filter((route) => route.access.kind === "live"))
    for (const kind of [...strangers, "disabled account", "service"] as const)
      expect(answerTo(access, kind)).toBe("refused");
});

test("[IDN-5] a disabled account is as good as nobody", () => {
  for (const { access } of allRoutes)
    expect(answerTo(access, "disabled account")).toBe(answerTo(access, "nobody"));
});

test("[SEC-2] what is public is known by name, and is little", () => {
  const open = allRoutes
    .filter(({ access }) => access.kind === "public" || access.kind === "answer")
    .map(({ id }) => id);
  expect(open.toSorted()).toEqual([
    "entry.address.ask",
    "entry.address.confirm",
    "entry.factSheet",
    "entry.read",
    "entry.request",
    "health.live",
    "health.ready",
    "invitation.accept",
    "invitation.read",
    "passcodePage.ask",
    "passcodePage.open",
    "recovery.ask",
    "recovery.complete",
    "recovery.open",
    "recovery.passkey",
    "recovery.read",
    "registration.cancel",
    "registration.confirm",
    "registration.form",
    "registration.open",
    "registration.own",
    "registration.submit",
    "session.open",
    "session.passkey",
    "session.passkeyOptions",
    "session.providerBegin",
    "session.providerEnd",
    "session.providerFinish",
    "session.providers",
    "session.samlAnswer",
    "session.samlMetadata",
    "session.secondFactor",
    "setup.complete",
    "setup.read",
    "system.openapi",
    "system.version",
  ]);
});

test("[SEC-7] rank in the organisation gives no right in somebody's meeting", () => {
  for (const { access } of allRoutes.filter(
    ({ access: one }) => one.kind === "meeting" || one.kind === "live",
  ))
    for (const kind of ["admin", "owner"] as const) expect(answerTo(access, kind)).toBe("refused");
});

test("[SEC-2] every route answers every kind of principal", () => {
  for (const { access } of allRoutes)
    for (const kind of principalKinds)
      expect(["allowed", "sign-in", "refused"]).toContain(answerTo(access, kind));
});
