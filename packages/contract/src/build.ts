/** Grows by one whenever the page and the server must match again; the server refuses pages below its minimum (OPS-1). */
export const build = 1;
