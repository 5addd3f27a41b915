import fc from "fast-check";
import { expect, test } from "vitest";
import type { Principal } from "@sekisho/domain";
import { account, guest, people } from "../../../../packages/testkit/src/arbitraries/index.ts";
import { Hall, type Seat } from "./testing/hall.ts";

const { host, coHost, customer } = people;

/** Asks, offers, is let in, added, and connected. */
async function admitted(hall: Hall, who: Principal): Promise<Seat> {
  hall.at.ask(who);
  const seat = await hall.enter(who);
  await hall.pass(0);
  if (hall.at.statusOf(who) === "waiting") hall.at.letIn(who);
  hall.publish();
  await hall.pass(3000);
  hall.at.connect(who);
  hall.publish();
  return seat;
}

async function reloaded(hall: Hall, seat: Seat): Promise<Seat> {
  seat.close();
  return hall.enter(seat.who);
}

test("[ENC-2] [ENC-7] offered while waiting, decided, added, joined: the same code on every screen", async () => {
  const hall = new Hall();
  const seats = [
    await admitted(hall, host),
    await admitted(hall, customer),
    await admitted(hall, guest("third")),
  ];
  expect(await hall.agreed(...seats)).toBe(true);
  expect(seats[0]?.session.group()?.code).toMatch(/^\d{30}$/u);
});

test("[ADM-8] [ENC-2] whoever is removed is out of the keys, and the code is another", async () => {
  const hall = new Hall();
  const [first, second, third] = [
    await admitted(hall, host),
    await admitted(hall, customer),
    await admitted(hall, guest("third")),
  ];
  const before = first.session.group()?.code;
  hall.at.as(host, { type: "participant.remove", admissionId: hall.at.idOf(customer), report: false });
  hall.publish();
  await hall.pass(5000);
  expect(await hall.agreed(first, third)).toBe(true);
  expect(first.session.group()?.code).not.toBe(before);
  expect(second.session.group()?.code ?? before).toBe(before);
});

test("[ENC-2] a page that is loaded anew is added again in the place of what it was", async () => {
  const hall = new Hall();
  const [first, second] = [await admitted(hall, host), await admitted(hall, customer)];
  const again = await reloaded(hall, second);
  await hall.pass(5000);
  expect(await hall.agreed(first, again)).toBe(true);
});

test("[ENC-7] a host who comes back with nobody to add them begins anew; the others know the key that began it", async () => {
  const hall = new Hall();
  const [first, second] = [await admitted(hall, host), await admitted(hall, customer)];
  const again = await reloaded(hall, first);
  await hall.pass(10_000);
  expect(await hall.agreed(again, second)).toBe(true);
  expect(hall.at.state.keyGroups.get("main")?.generation).toBe(2);
  expect(second.alarms).toEqual([]);
});

test("[ENC-7] a host who comes back while a co-host is there is added by them, and begins nothing", async () => {
  const hall = new Hall();
  const [first, second] = [await admitted(hall, host), await admitted(hall, coHost)];
  const third = await admitted(hall, customer);
  const again = await reloaded(hall, first);
  await hall.pass(10_000);
  expect(await hall.agreed(again, second, third)).toBe(true);
  expect(hall.at.state.keyGroups.get("main")?.generation).toBe(1);
});

test("[ENC-7] keys begun anew by a device that could not admit before are refused, and said to be", async () => {
  const hall = new Hall();
  const first = await admitted(hall, host);
  const second = await admitted(hall, customer);
  first.close();
  // The server lets another device of a host's name begin: another key than the one that the group knew.
  hall.forgetDeviceKeys();
  await hall.enter(host);
  await hall.pass(10_000);
  expect(second.alarms).toEqual(["forked"]);
  expect(second.session.broken()).toBe(true);
});

test("[ENC-7] a commit that does more than the gate has on record is refused, and nothing is sent any more", async () => {
  const hall = new Hall();
  const [, second] = [await admitted(hall, host), await admitted(hall, customer)];
  hall.onAnswer = (operation, answer) => hideAdds(operation, answer);
  await admitted(hall, guest("ghost"));
  expect(second.alarms).toEqual(["forked"]);
});

test("[ENC-2] answers that are lost, and pages that wake after an hour, find their way back", async () => {
  const hall = new Hall();
  const [first, second] = [await admitted(hall, host), await admitted(hall, customer)];
  let lost = 3;
  hall.onAnswer = (operation, answer) => {
    if (operation === "commit" && (lost -= 1) >= 0) throw new Error("lost");
    return answer;
  };
  const third = await admitted(hall, guest("third"));
  await hall.pass(3_600_000);
  expect(await hall.agreed(first, second, third)).toBe(true);
});

/** Takes the ids of those added out of the record, as a server would that slips somebody in. */
function hideAdds<T>(operation: string, answer: T): T {
  if (operation !== "since" || typeof answer !== "object" || answer === null || !("commits" in answer))
    return answer;
  const commits: unknown = answer.commits;
  if (!Array.isArray(commits)) return answer;
  return { ...answer, commits: commits.map((one: object) => ({ ...one, added: [] })) };
}

const crowd = [coHost, customer, guest("third"), guest("fourth"), account("colleague")];
const happening = fc.record({
  what: fc.constantFrom("come", "come", "come", "reload", "leave", "remove", "wait"),
  who: fc.nat({ max: crowd.length - 1 }),
  ms: fc.constantFrom(0, 100, 2000, 40_000),
});

test("[ENC-2] whatever people do, and whatever gets lost, those inside come to one group, and nobody else is in it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 1, maxLength: 10 }),
      fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
      async (life, losses) => {
        const hall = new Hall();
        const seats = new Map<Principal, Seat>([[host, await admitted(hall, host)]]);
        let turn = 0;
        hall.onAnswer = (_, answer) => {
          turn += 1;
          if (turn % 4 === 0 && losses[turn / 4] === true) throw new Error("lost");
          return answer;
        };
        for (const one of life) await happen(hall, seats, one);
        hall.onAnswer = (_, answer) => answer;
        await hall.pass(60_000);
        const inside = [...seats.values()].filter((seat) => hall.at.statusOf(seat.who) === "admitted");
        expect(await hall.agreed(...inside)).toBe(true);
        expect([...seats.values()].flatMap((seat) => seat.alarms)).toEqual([]);
        for (const seat of seats.values()) seat.close();
      },
    ),
    { numRuns: 15 },
  );
});

async function happen(
  hall: Hall,
  seats: Map<Principal, Seat>,
  { what, who, ms }: { readonly what: string; readonly who: number; readonly ms: number },
): Promise<void> {
  const person = crowd[who] ?? customer;
  const seat = seats.get(person);
  const inside = seat !== undefined && hall.at.statusOf(person) === "admitted";
  // Where somebody unproved was removed the link takes nobody else who is (ADM-8).
  const open = person.kind === "account" || !hall.at.state.linkClosedToUnproved;
  if (what === "come" && seat === undefined && open) seats.set(person, await admitted(hall, person));
  if (what === "reload" && inside) seats.set(person, await reloaded(hall, seat));
  if (what === "leave" && inside) hall.at.as(person, { type: "participant.leave", handTo: null });
  if (what === "remove" && inside)
    hall.at.as(host, { type: "participant.remove", admissionId: hall.at.idOf(person), report: false });
  hall.publish();
  await hall.pass(ms);
}
