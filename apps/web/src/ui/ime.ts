export interface KeyLike {
  readonly key: string;
  readonly isComposing?: boolean;
  readonly keyCode?: number;
  readonly nativeEvent?: { readonly isComposing?: boolean; readonly keyCode?: number };
}

/**
 * True while an input method is converting. Enter, Escape, Space and arrows then belong to it.
 * Safari ends the composition before the keydown of the confirming Enter and marks that key 229.
 */
export function isComposing(event: KeyLike): boolean {
  const native = event.nativeEvent ?? event;
  return native.isComposing === true || event.keyCode === 229 || native.keyCode === 229;
}

/** The key, or undefined while it belongs to the input method. */
export function keyOf(event: KeyLike): string | undefined {
  return isComposing(event) ? undefined : event.key;
}
