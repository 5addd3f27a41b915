import { startLiveKit } from "../../../../packages/testkit/src/livekit.ts";
import { sfuContract } from "../../../../packages/testkit/src/contract-suites/sfu.ts";
import { createLivekitSfu } from "./livekit-sfu.ts";

sfuContract("LiveKit", async () => {
  const livekit = await startLiveKit();
  return { sfu: createLivekitSfu({ ...livekit, timeout: 2 }), stop: () => livekit.stop() };
});
