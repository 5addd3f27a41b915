/** Grows by one whenever the page and the server must match again; the server refuses pages below its minimum (OPS-1). */
export const build = 1;

/** In this header a page says which build it is; a stream, which has no headers of its own, says it in the query `build`. */
export const buildHeader = "sekisho-build";
