import type { OfferedProvider } from "@sekisho/contract";
import { useEffect, useState } from "react";
import { call } from "../../api/client.ts";

export interface Offered {
  readonly providers: readonly OfferedProvider[];
  /** Passwords are for owners alone. */
  readonly demanded: boolean;
}

/** Undefined until it is known; where it cannot be known, the password form is what there is. */
export function useProviders(): Offered | undefined {
  const [offered, setOffered] = useState<Offered | undefined>(undefined);
  useEffect(() => {
    call("GET", "/api/sign-in/providers").then(setOffered, () =>
      setOffered({ providers: [], demanded: false }),
    );
  }, []);
  return offered;
}
