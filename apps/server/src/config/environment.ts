/** The only place that reads the environment of this process. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The server's settings, secrets among them, and names LiveKit would obey instead of what we tell it. */
const settingsOnly = /^(?:SEKISHO_|LIVEKIT_|DATABASE_URL$)/;

export function processEnvironment(): Environment {
  return process.env;
}

/** What a program of ours is given: the machine's environment without the server's own settings and secrets. */
export function childEnvironment(more: Environment = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !settingsOnly.test(name));
  return { ...Object.fromEntries(kept), ...more };
}
