/** Parts die and come back while people wait and meet: nothing is lost, nobody gains a place (ADM-3, ADM-5, ADM-11). */
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import {
  admit,
  ask,
  asked,
  follow,
  idOf,
  schedule,
  until,
} from "../../../../../packages/testkit/src/meetings.ts";

let product: Product;
let second: ProductProcess;
let host: Client;

beforeAll(async () => {
  product = await startProduct({ page: false, postgres: { durable: true } });
  host = await product.setUp();
  second = await product.startProcess();
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

async function eventually(what: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 60_000;
  while (!(await what().catch(() => false))) {
    if (Date.now() > until) throw new Error("it did not happen within a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("[ADM-5] [OPS-4] what one process decides, a stream at the other is told", async () => {
  const meeting = await schedule(host);
  const guest = product.client(second.origin);
  const waiting = await follow(guest, meeting);
  const hosting = await follow(host, meeting);
  const room = await hosting.room();
  expect(room.lobby.map((row) => row.id)).toEqual([waiting.admissionId]);
  await admit(host, meeting, { id: waiting.admissionId });
  await until(waiting, "admitted");
  await host
    .at(second.origin)
    .send("POST", `/api/m/${meeting.link}/participants/${waiting.admissionId}/remove`, {
      report: false,
    });
  await until(waiting, "removed");
  await hosting.stream.untilAny(
    (message) => message.type === "patch" && message.people.gone.includes(waiting.admissionId),
  );
  await Promise.all([waiting.stream.close(), hosting.stream.close()]);
});

test("[ADM-5] two processes admit and deny the same person at the same instant: one decision stands", async () => {
  const meeting = await schedule(host);
  await asked(host, meeting);
  const elsewhere = host.at(second.origin);
  for (let round = 0; round < 10; round += 1) {
    const view = await asked(product.client(), meeting, { name: `人 ${round}` });
    const rows = [{ admissionId: idOf(view), revision: 1 }];
    const answers = await Promise.all([
      admit(host, meeting, { id: idOf(view) }),
      elsewhere.send("POST", `/api/m/${meeting.link}/deny`, { rows }),
      admit(elsewhere, meeting, { id: idOf(view) }),
    ]);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    await host.ok("POST", `/api/m/${meeting.link}/reopen-link`);
  }
});

test("[ADM-3] a new server process knows who waits; nobody entered by the restart", async () => {
  const meeting = await schedule(host);
  const guests = await Promise.all(
    [1, 2, 3].map(async (index) => {
      const client = product.client();
      return { client, view: await asked(client, meeting, { name: `待つ人 ${index}` }) };
    }),
  );
  const third = await product.startProcess();
  await third.stop();
  const fourth = await product.startProcess();
  for (const { client, view } of guests) {
    const seen = await client.at(fourth.origin).send("GET", `/api/m/${meeting.link}`);
    expect(seen.body).toMatchObject({ admission: { state: "waiting", admissionId: idOf(view) } });
  }
  await asked(host, meeting);
  for (const { client } of guests)
    expect((await client.at(fourth.origin).send("POST", `/api/m/${meeting.link}/ticket`)).status).toBe(403);
  await fourth.stop();
});

test("[ADM-11] with the database gone nobody is let in; when it is back, everything is as it was", async () => {
  const meeting = await schedule(host);
  const waiting = await follow(product.client(), meeting);
  const guest = await follow(product.client(), meeting, { name: "中の人" });
  const hosting = await follow(host, meeting);
  await admit(host, meeting, { id: guest.admissionId });
  await until(guest, "admitted");
  const { ticket } = await guest.client.ok<{ ticket: string }>("POST", `/api/m/${meeting.link}/ticket`);
  process.kill(product.postgres.pid, "SIGKILL");
  const during = await ask(product.client(), meeting, { name: "途中の人" });
  expect([200, 503]).toContain(during.status);
  const validate = await guest.client.send("GET", `/sfu/rtc/v1/validate?access_token=${ticket}`);
  expect([400, 403, 503]).toContain(validate.status);
  await eventually(async () => (await host.send("GET", "/readyz")).status === 200);
  const later = await asked(product.client(), meeting, { name: "途中の人" });
  expect(later.state).toBe("waiting");
  const seen = await waiting.client.ok("GET", `/api/m/${meeting.link}`);
  expect(seen).toMatchObject({ admission: { state: "waiting", admissionId: waiting.admissionId } });
  expect((await admit(host, meeting, { id: waiting.admissionId })).status).toBe(200);
  await Promise.all([waiting, guest, hosting].map((one) => one.stream.close()));
});

test("[ADM-5] the media server dies and comes back; requests made meanwhile are kept", async () => {
  const meeting = await schedule(host);
  await asked(host, meeting);
  const before = product.livekit.restarts;
  process.kill(product.livekit.pid, "SIGKILL");
  const view = await asked(product.client(), meeting);
  expect(view.state).toBe("waiting");
  await eventually(async () => product.livekit.restarts > before);
  expect((await admit(host, meeting, { id: idOf(view) })).status).toBe(200);
});
