/**
 * Loads the self-hosted Japanese font only where the device draws no Japanese by itself.
 * Its style sheet alone (124 unicode ranges) is 18 KB, so not even that is fetched elsewhere.
 */
export async function loadFontWhereMissing(): Promise<void> {
  if (drawsJapanese()) return;
  await import("@fontsource-variable/noto-sans-jp/wght.css");
}

/** Japanese glyphs are exactly one em wide; the box for a missing glyph is not. */
function drawsJapanese(): boolean {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return true;
  context.font = `100px ${getComputedStyle(document.documentElement).fontFamily}`;
  return ["あ", "会", "ー"].every((glyph) => Math.abs(context.measureText(glyph).width - 100) < 1);
}
