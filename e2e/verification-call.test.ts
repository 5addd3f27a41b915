/** A verification call on real pages and a real SFU: who hears and sees whom, and what may be recorded of it (ADM-13). */
import type { MeetingReport } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Client } from "../packages/testkit/src/client.ts";
import { schedule, type TestMeeting } from "../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../packages/testkit/src/product.ts";
import { command, packetsSeen, watchPackets } from "./in-page.ts";
import {
  address,
  ask,
  inRoom,
  PATIENCE,
  person,
  pictureFlows,
  pressWhenStill,
  received,
  signInOwner,
  type Person,
  flows,
} from "./people.ts";

let product: Product;
let host: Client;
let meeting: TestMeeting;
/** The host is the verifier too. */
let verifier: Person;
let bystander: Person;
let applicant: Person;

const still = { timeout: PATIENCE };
const name = "大庭 修一郎";

beforeAll(async () => {
  product = await startProduct();
  host = await product.setUp();
  const { id } = await host.ok<{ id: string }>("GET", "/api/me");
  meeting = await schedule(host, { muteOnEntry: false, verifier: id });
  [verifier, bystander, applicant] = [await person(), await person(), await person()];
  await signInOwner(verifier, product);
  await verifier.page.goto(address(product, meeting));
  await verifier.page.getByRole("button", { name: "会議を始める" }).click();
  await inRoom(verifier.page);
  await bystander.page.goto(address(product, meeting));
  await ask(bystander.page, meeting, { name: "桐生 真帆" });
  await pressWhenStill(verifier.page, "桐生 真帆さんを確認する");
  await verifier.page.getByText("書類", { exact: true }).click();
  await pressWhenStill(verifier.page, "桐生 真帆さんの入室を許可");
  await inRoom(bystander.page);
  await applicant.page.goto(address(product, meeting));
  await ask(applicant.page, meeting, { name });
});

afterAll(async () => {
  await Promise.all([verifier, bystander, applicant].map((one) => one?.[Symbol.asyncDispose]()));
  await product?.[Symbol.asyncDispose]();
});

const microphone = () => verifier.page.locator('[data-control="microphone"]');
const isOn = () => microphone().getAttribute("aria-pressed");
const method = (label: string) => verifier.page.getByRole("radio", { name: label, exact: true });

/** The last packet of media that this page received is at least so long ago. */
async function silentFor({ page }: Person, ms: number): Promise<void> {
  await expect.poll(async () => Date.now() - (await packetsSeen(page)).lastAt, still).toBeGreaterThan(ms);
}

test("[ADM-13] nothing of the applicant is turned on before the applicant has agreed", async () => {
  await Promise.all([flows(verifier), flows(bystander)]);
  // Muted in the meeting: in the call the voice is heard all the same, and afterwards it is as before.
  await microphone().click();
  await expect.poll(isOn, still).toBe("false");
  await pressWhenStill(verifier.page, `${name}さんを確認する`);
  expect(await method("声と顔").getAttribute("aria-disabled")).toBe("true");
  await verifier.page.getByRole("button", { name: "確認通話を始める" }).click();
  await applicant.page.getByRole("heading", { name: "担当者が本人確認をします" }).waitFor();
  expect((await received(applicant.page)).connections).toBe(0);
  await pictureFlows(bystander);
});

test("[ADM-13] the two hear and see each other; the meeting is sent nothing of it, nor they of the meeting", async () => {
  await watchPackets(bystander.page);
  await applicant.page.getByRole("button", { name: "確認を受ける" }).click();
  await applicant.page.getByRole("heading", { name: "本人確認の通話中" }).waitFor();
  await Promise.all([flows(verifier), flows(applicant)]);
  await silentFor(bystander, 3000);
  await verifier.page.getByText("確認通話中です。会議には、声も映像も届いていません。").waitFor();
});

test("[ADM-4] voice and face can be chosen once the server has seen them arrive, and are recorded", async () => {
  await expect.poll(() => method("声と顔").getAttribute("aria-disabled"), still).toBeNull();
  expect(await method("声と顔").isChecked()).toBe(false);
  await verifier.page.getByText("声と顔", { exact: true }).click();
  await pressWhenStill(verifier.page, `${name}さんの入室を許可`);
  await inRoom(applicant.page);
  await Promise.all([flows(verifier), flows(bystander)]);
  await expect.poll(isOn, still).toBe("false");
  await bystander.page
    .getByRole("article", { name: new RegExp(name, "u") })
    .getByText("確認済み")
    .waitFor();
  for (const { broken } of [verifier, bystander, applicant]) expect(broken).toEqual([]);
});

test("[AUD-2] [ADM-4] the report says that there was a call, and how the person was verified", async () => {
  const ended = await command(verifier.page, `/api/m/${meeting.link}/end`, undefined);
  expect(ended.status).toBe(200);
  const path = `/api/meetings/${meeting.id}/reports`;
  const { reports } = await host.ok<{ reports: { instanceId: string }[] }>("GET", path);
  const report = await host.ok<MeetingReport>("GET", `${path}/${reports[0]?.instanceId}`);
  expect(report.people.find((one) => one.displayName === name)).toMatchObject({
    method: "voiceAndFace",
    admittedBy: "佐久間 里奈",
  });
  expect(report.acts).toContainEqual(
    expect.objectContaining({ type: "verificationCall.begun", by: "佐久間 里奈", about: name }),
  );
});
