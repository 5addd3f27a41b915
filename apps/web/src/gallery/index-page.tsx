import type { ReactNode } from "react";

/** The list of all states; the test reads it. */
export function Index({ ids }: { ids: readonly string[] }): ReactNode {
  return (
    <main>
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <a href={`?state=${encodeURIComponent(id)}`} data-state={id}>
              {id}
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
