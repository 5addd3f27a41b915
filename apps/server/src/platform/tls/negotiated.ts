import type { FastifyRequest } from "fastify";
import { TLSSocket } from "node:tls";

/** Version and suite of the very connection that this request came by; null where it is not encrypted (ENC-6). */
export function negotiated({ raw: { socket } }: FastifyRequest): string | null {
  if (!(socket instanceof TLSSocket)) return null;
  const cipher = socket.getCipher();
  return `${socket.getProtocol() ?? ""} ${cipher.standardName}`.trim();
}
