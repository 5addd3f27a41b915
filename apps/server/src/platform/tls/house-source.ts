import type { CertificateSource } from "./certificate-source.ts";
import { isDue } from "./certificate-source.ts";
import { openHouseAuthority } from "./house-authority.ts";
import { ownNames } from "./own-names.ts";

const everyMs = 10 * 60_000;

/** HTTPS for other machines of the house. A new leaf when its time comes, or when this machine got another address. */
export async function houseSource(dataDir: string, keysDir: string): Promise<CertificateSource> {
  let names = ownNames();
  const authority = await openHouseAuthority(dataDir, keysDir, names);
  let current = await authority.issue(names, new Date());
  return {
    everyMs,
    caFile: authority.caFile,
    initial: () => Promise.resolve(current),
    async renew(now) {
      const present = ownNames();
      if (JSON.stringify(present) === JSON.stringify(names) && !isDue(current.cert, now)) return null;
      names = present;
      current = await authority.issue(names, now);
      return current;
    },
  };
}
