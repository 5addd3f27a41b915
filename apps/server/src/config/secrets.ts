/** Values from examples and manuals; whoever finds the server tries them first. */
const examples = [
  "changeme",
  "change-me",
  "password",
  "postgres",
  "secret",
  "devkey",
  "example",
  "sekisho",
  "admin",
  "test",
  "livekit",
];

/** Whether a value is missing, too short to be a secret, or one of the well-known ones (IDN-1). */
export function isWeakSecret(value: string | undefined, minLength: number): boolean {
  if (value === undefined || value.length < minLength) return true;
  const bare = value.toLowerCase().replace(/[^a-z]/g, "");
  if (examples.some((example) => bare === example.replace("-", ""))) return true;
  return new Set(value).size < 5;
}

/** The password inside a database's address; a unix socket needs none. */
export function databasePasswordProblem(address: string): boolean {
  const url = new URL(address);
  if (url.hostname === "" || url.searchParams.get("host")?.startsWith("/")) return false;
  return isWeakSecret(decodeURIComponent(url.password) || undefined, 8);
}
