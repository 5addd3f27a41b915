import { sfuContract } from "./contract-suites/sfu.ts";
import { createFakeSfu } from "./fake-sfu.ts";

sfuContract("the fake", async () => {
  const sfu = await createFakeSfu();
  return {
    sfu,
    async stop() {
      sfu.down = true;
      await sfu[Symbol.asyncDispose]();
    },
  };
});
