/**
 * Settles when the server is asked to stop: Ctrl-C, a service manager, a closed terminal, or the starter that is
 * gone. Asked again while stopping, it goes on stopping in order; that takes a few seconds at most.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    process.on("disconnect", () => resolve());
  });
}
