import { createSocket } from "node:dgram";
import { createServer } from "node:net";

/** A TCP port nobody uses at this moment. Another program may take it before it is used: try again then.
 * `wanted` 0 means any. Rejects with `EADDRINUSE` when it is taken. */
export function freeTcpPort(host: string, wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, host, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** A UDP port nobody uses at this moment; `wanted` 0 means any. Rejects with `EADDRINUSE` when it is taken. */
export function freeUdpPort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    socket.once("error", reject);
    socket.bind(wanted, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
