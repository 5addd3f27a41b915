import { expect, test } from "vitest";
import { parsePreferences } from "./preferences.ts";
import { deviceProblem } from "./problems.ts";

test("devices are remembered, on and off are not", () => {
  const kept = { microphoneId: "m1", cameraOn: true, microphoneOn: true, noiseSuppression: false };
  expect(parsePreferences(JSON.stringify(kept))).toMatchObject({
    microphoneId: "m1",
    cameraId: null,
    cameraOn: null,
    microphoneOn: null,
    noiseSuppression: false,
    chime: true,
  });
});

test("anything else in the store counts as nothing said", () => {
  for (const text of [null, "", "[1]", "7", '{"microphoneId":5,"chime":"no"}', "{"])
    expect(parsePreferences(text)).toMatchObject({ microphoneId: null, chime: true });
});

test("what the browser threw becomes what a person can do", () => {
  const named = (name: string) => Object.assign(new Error(name), { name });
  expect(deviceProblem(named("NotAllowedError"))).toBe("denied");
  expect(deviceProblem(named("NotFoundError"))).toBe("missing");
  expect(deviceProblem(named("NotReadableError"))).toBe("busy");
  expect(deviceProblem("odd")).toBe("unknown");
});
