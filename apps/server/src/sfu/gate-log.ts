/** What the gate needs of a log. Lines hold ids and codes: no names, tickets, addresses or bodies. */
export type GateLog = {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
};
