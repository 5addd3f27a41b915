import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
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
let host: Client;

beforeAll(async () => {
  product = await startProduct({ page: false });
  host = await product.setUp();
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

function codeOf(answer: { readonly body: unknown }): unknown {
  return typeof answer.body === "object" && answer.body !== null ? Reflect.get(answer.body, "code") : null;
}

describe("before the host", () => {
  test("[ADM-3] early arrivals wait, and go on waiting when the host comes", async () => {
    const meeting = await schedule(host);
    await using early = await closing(await follow(product.client(), meeting));
    const first = await early.stream.untilAny((message) => message.type === "admission");
    expect(first).toMatchObject({ admission: { state: "waiting", hostStarted: false } });
    await asked(host, meeting);
    await early.stream.untilAny(
      (message) =>
        message.type === "admission" &&
        message.admission.state === "waiting" &&
        message.admission.hostStarted,
    );
    const ticket = await early.client.send("POST", `/api/m/${meeting.link}/ticket`);
    expect([ticket.status, codeOf(ticket)]).toEqual([403, "not_in_meeting"]);
  });

  test("[ADM-3] turning the waiting room off does not let early arrivals in by itself", async () => {
    const meeting = await schedule(host, { waitingRoom: true });
    const early = product.client();
    const view = await asked(early, meeting);
    await asked(host, meeting);
    const off = await host.send("POST", `/api/m/${meeting.link}/waiting-room`, {
      on: false,
      waiting: "keep",
    });
    expect(off.status).toBe(200);
    expect(await early.ok("GET", `/api/m/${meeting.link}`)).toMatchObject({
      admission: { state: "waiting" },
    });
    const later = await asked(product.client(), meeting, { name: "桐生 真帆" });
    expect([view.state, later.state]).toEqual(["waiting", "admitted"]);
  });
});

describe("the way in", () => {
  test("[MTG-4] unknown link, wrong passcode, cancelled and ended look alike", async () => {
    const meeting = await schedule(host);
    const cancelled = await schedule(host);
    await host.ok("POST", `/api/meetings/${cancelled.id}/cancel`);
    const ended = await schedule(host);
    await asked(host, ended);
    await host.ok("POST", `/api/m/${ended.link}/end`);
    const unknown = { ...meeting, link: "A".repeat(22) };
    const answers = [
      await ask(product.client(), meeting, { passcode: "WRONGWRONG" }),
      await ask(product.client(), unknown),
      await ask(product.client(), cancelled),
      await ask(product.client(), ended),
      await ask(product.client(), meeting, { passcode: null }, meeting.number),
      await ask(product.client(), meeting, {}, "12345678901"),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual({ code: "entry_not_accepted" });
    }
    const bare = await Promise.all(
      [unknown.link, cancelled.link, ended.link, meeting.number, "12345678901"].map((link) =>
        product.client().ok<Record<string, unknown>>("GET", `/api/m/${link}`),
      ),
    );
    for (const view of bare) expect({ ...view, serverTime: 0 }).toEqual({ ...bare[0], serverTime: 0 });
  });

  test("[MTG-4] a number with the passcode waits like a link does", async () => {
    const meeting = await schedule(host);
    const answer = await ask(product.client(), meeting, {}, meeting.number);
    expect(answer.body).toMatchObject({ state: "waiting" });
  });

  test("[ADM-6] wrong passcodes are limited for a person; a right one never implies admission", async () => {
    const meeting = await schedule(host);
    const person = product.client();
    const codes: unknown[] = [];
    // A window of the count may end on the way: 21 tries fall into two of them, and one has more than 10.
    for (let round = 0; round < 21 && codes.at(-1) !== "too_many_tries"; round += 1)
      codes.push(codeOf(await ask(person, meeting, { passcode: "WRONGWRONG" })));
    expect(codes.slice(0, 9)).toEqual(Array(9).fill("entry_not_accepted"));
    expect(codes.at(-1)).toBe("too_many_tries");
    expect(codeOf(await ask(person, meeting))).toBe("too_many_tries");
    expect(await asked(host, meeting)).toMatchObject({ state: "admitted" });
  });

  test("[ADM-10] the host's name cannot be taken, in any look-alike form", async () => {
    const meeting = await schedule(host);
    for (const name of ["佐久間 里奈", "佐久間里奈", "佐久間　里奈", "佐久間\u200b里奈"])
      expect(codeOf(await ask(product.client(), meeting, { name }))).toBe("name_not_accepted");
  });

  test("[ADM-2] of all bytes sent to a waiting person, none tells of others, media or the host", async () => {
    const meeting = await schedule(host, { confidentiality: "medium", verifier: null, topic: "秘密の議題" });
    const others = await Promise.all(
      ["勅使河原 万里江", "常盤 健"].map((name) =>
        follow(product.client(), meeting, { name, affiliation: "青葉製作所" }),
      ),
    );
    const hostSide = await follow(host, meeting);
    await admit(host, meeting, { id: others[0]?.admissionId ?? "" });
    const waiting = await follow(product.client(), meeting, { name: "三枝 小百合" });
    await host.ok("POST", `/api/m/${meeting.link}/lock`, { locked: true });
    await host.ok("POST", `/api/m/${meeting.link}/host-message`, { message: "お待ちください" });
    await waiting.stream.untilAny(
      (message) =>
        message.type === "admission" &&
        message.admission.state === "waiting" &&
        message.admission.hostMessage !== "",
    );
    await waiting.client.send("GET", `/api/m/${meeting.link}/messages`);
    await waiting.client.send("POST", `/api/m/${meeting.link}/ticket`);
    const bytes = waiting.client.received();
    const forbidden = [
      "勅使河原",
      "常盤",
      "青葉製作所",
      "佐久間",
      "rina.sakuma",
      hostSide.admissionId,
      others[0]?.admissionId ?? "-",
      "sfu",
      'ticket":"',
      // As names of fields: the fact sheet's prose may say how people are checked.
      '"people',
      '"lobby',
      '"locked',
    ];
    for (const word of forbidden) expect(bytes).not.toContain(word);
    const keys = [...bytes.matchAll(/"([a-zA-Z]+)":/gu)]
      .map((match) => match[1] ?? "")
      .filter((key) => key !== "at");
    expect([...new Set(keys)].toSorted()).toEqual(
      [
        "admission",
        "admissionId",
        "affiliation",
        "badge",
        "call",
        "code",
        "displayName",
        "en",
        "hostMessage",
        "hostStarted",
        "id",
        "ja",
        "lines",
        "organisation",
        "requestedAt",
        "sections",
        "sentBack",
        "state",
        "ticket",
        "title",
        "type",
        "version",
      ].toSorted(),
    );
    await Promise.all([...others, hostSide, waiting].map((one) => one.stream.close()));
  });
});

describe("admitting and removing", () => {
  test("[ADM-4] the host admits one by id and revision; a guest can do nothing of it", async () => {
    const meeting = await schedule(host);
    await using guest = await closing(await follow(product.client(), meeting));
    await using hosting = await closing(await follow(host, meeting));
    const outsider = product.client();
    for (const client of [guest.client, outsider])
      expect((await admit(client, meeting, { id: guest.admissionId })).status).toBe(403);
    const room = await hosting.room();
    expect(room.lobby).toHaveLength(1);
    const stale = await admit(host, meeting, { id: guest.admissionId, revision: 7 });
    expect(codeOf(stale)).toBe("request_changed");
    expect((await admit(host, meeting, { id: guest.admissionId })).status).toBe(200);
    await until(guest, "admitted");
    const inside = await guest.room();
    expect(inside.lobby).toEqual([]);
    expect(inside.meta.lobby).toBeNull();
    expect(inside.people.map((person) => person.displayName).toSorted()).toEqual([
      "佐久間 里奈",
      "大庭 修一郎",
    ]);
  });

  test("[ADM-8] a removed guest comes back by no entrance, and the link closes to the unproved", async () => {
    const meeting = await schedule(host);
    const guest = await follow(product.client(), meeting);
    const hosting = await follow(host, meeting);
    await admit(host, meeting, { id: guest.admissionId });
    await until(guest, "admitted");
    const { ticket } = await guest.client.ok<{ ticket: string }>("POST", `/api/m/${meeting.link}/ticket`);
    await host.ok("POST", `/api/m/${meeting.link}/participants/${guest.admissionId}/remove`, {
      report: true,
    });
    await until(guest, "removed");
    const tries = [
      await ask(guest.client, meeting),
      await ask(guest.client, meeting, { name: "別の名前" }),
      await ask(product.client(), meeting, { name: "新しい端末" }),
      await ask(product.client(), meeting, {}, meeting.number),
    ];
    for (const answer of tries) expect([answer.status, codeOf(answer)]).toEqual([403, "entry_refused"]);
    const shapes = tries.map(({ body }) =>
      typeof body === "object" && body !== null ? Object.keys(body).join() : "",
    );
    expect(new Set(shapes).size).toBe(1);
    expect(codeOf(await guest.client.send("POST", `/api/m/${meeting.link}/ticket`))).toBe("not_in_meeting");
    const validate = await guest.client.send("GET", `/sfu/rtc/v1/validate?access_token=${ticket}`);
    expect([400, 401, 403]).toContain(validate.status);
    // Whoever waits or is in already is not touched by the closed link; the host opens it again.
    await host.ok("POST", `/api/m/${meeting.link}/reopen-link`);
    expect((await ask(product.client(), meeting, { name: "次の人" })).status).toBe(200);
    expect(codeOf(await ask(guest.client, meeting))).toBe("entry_refused");
    const bans = await hosting.stream.untilAny(
      (message) => message.type === "patch" && (message.bans?.length ?? 0) > 0,
    );
    const banId = bans.type === "patch" ? (bans.bans?.[0]?.id ?? "") : "";
    await host.ok("POST", `/api/m/${meeting.link}/bans/${banId}/lift`);
    expect((await ask(guest.client, meeting)).status).toBe(200);
    await guest.stream.close();
    await hosting.stream.close();
  });

  test("[ADM-7] while locked nobody is admitted, requests are kept, and unlocking lets them be admitted", async () => {
    const meeting = await schedule(host);
    await asked(host, meeting);
    await host.ok("POST", `/api/m/${meeting.link}/lock`, { locked: true });
    const guest = await asked(product.client(), meeting);
    expect(guest.state).toBe("waiting");
    expect(codeOf(await admit(host, meeting, { id: idOf(guest) }))).toBe("meeting_locked");
    await host.ok("POST", `/api/m/${meeting.link}/lock`, { locked: false });
    expect((await admit(host, meeting, { id: idOf(guest) })).status).toBe(200);
  });

  test("[ADM-9] who is sent back waits again and holds nothing of the meeting", async () => {
    const meeting = await schedule(host);
    await using guest = await closing(await follow(product.client(), meeting));
    await asked(host, meeting);
    await admit(host, meeting, { id: guest.admissionId });
    await until(guest, "admitted");
    await host.ok("POST", `/api/m/${meeting.link}/participants/${guest.admissionId}/send-back`);
    const back = await guest.stream.untilAny(
      (message) =>
        message.type === "admission" && message.admission.state === "waiting" && message.admission.sentBack,
    );
    expect(back).toBeDefined();
    expect(codeOf(await guest.client.send("GET", `/api/m/${meeting.link}/messages`))).toBe("not_in_meeting");
  });

  test("[SEC-1] after a stop only the host resumes, and chat is refused meanwhile", async () => {
    const meeting = await schedule(host);
    await using guest = await closing(await follow(product.client(), meeting));
    await asked(host, meeting);
    await admit(host, meeting, { id: guest.admissionId });
    await until(guest, "admitted");
    const say = (text: string, clientId: string) =>
      guest.client.send("POST", `/api/m/${meeting.link}/messages`, {
        to: "everyone",
        toId: null,
        text,
        clientId,
      });
    expect((await say("こんにちは", "a".repeat(22))).status).toBe(200);
    await host.ok("POST", `/api/m/${meeting.link}/suspend`);
    expect(codeOf(await say("まだ", "b".repeat(22)))).toBe("not_allowed");
    expect(codeOf(await guest.client.send("POST", `/api/m/${meeting.link}/resume`))).toBe("not_allowed");
    await host.ok("POST", `/api/m/${meeting.link}/resume`);
    expect((await say("はい", "c".repeat(22))).status).toBe(200);
  });

  test("[SEC-5] a message to one is read by that one alone, and nothing from before the own admission", async () => {
    const meeting = await schedule(host);
    const [first, second] = await Promise.all([
      follow(product.client(), meeting, { name: "一人目" }),
      follow(product.client(), meeting, { name: "二人目" }),
    ]);
    await asked(host, meeting);
    await admit(host, meeting, { id: first.admissionId });
    await until(first, "admitted");
    const send = (client: Client, body: object) =>
      client.ok("POST", `/api/m/${meeting.link}/messages`, {
        toId: null,
        clientId: Math.random().toString(36).slice(2).padEnd(16, "x"),
        ...body,
      });
    await send(host, { to: "everyone", text: "EARLY" });
    await admit(host, meeting, { id: second.admissionId });
    await until(second, "admitted");
    await send(first.client, { to: "hosts", text: "FORHOSTS" });
    await send(host, { to: "one", toId: first.admissionId, text: "FORFIRST" });
    await send(host, { to: "everyone", text: "FORALL" });
    await second.stream.untilAny((message) => message.type === "chat" && message.message.text === "FORALL");
    await second.client.send("GET", `/api/m/${meeting.link}/messages`);
    const bytes = second.client.received();
    expect(bytes).toContain("FORALL");
    for (const word of ["EARLY", "FORHOSTS", "FORFIRST"]) expect(bytes).not.toContain(word);
    await first.stream.untilAny((message) => message.type === "chat" && message.message.text === "FORFIRST");
    await Promise.all([first.stream.close(), second.stream.close()]);
  });
});

async function closing<T extends { stream: { close(): Promise<void> } }>(
  one: T,
): Promise<T & AsyncDisposable> {
  return Object.assign(one, { [Symbol.asyncDispose]: () => one.stream.close() });
}
