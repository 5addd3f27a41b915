import { createElement, Fragment, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { fetchCatalogue, type Catalogues, type Namespace } from "./catalogues.ts";
import { readLanguage, storeLanguage, type Lang } from "./language.ts";
import { fill, fillParts, sentenceOf, type Catalogue, type KeyOf, type Params } from "./translate.ts";

/** Words of one catalogue. `rich` takes elements for places, e.g. a `<bdi>` name. */
export interface Words<N extends Namespace> {
  (key: KeyOf<Catalogues[N]>, params?: Params): string;
  rich: (key: KeyOf<Catalogues[N]>, params: Params<ReactNode>) => ReactNode;
  /** For keys that come from the server (error codes); undefined when the catalogue lacks it. */
  maybe: (key: string, params?: Params) => string | undefined;
}

const loaded = new Map<string, Catalogue>();
const wanted = new Set<Namespace>();
const listeners = new Set<() => void>();
let lang: Lang = readLanguage();

export function currentLanguage(): Lang {
  return lang;
}

/** Fetches what a screen needs in the current language; screens wait for it before they draw. */
export async function loadWords(...namespaces: readonly Namespace[]): Promise<void> {
  for (const namespace of namespaces) wanted.add(namespace);
  await loadAll(lang, namespaces);
}

async function loadAll(into: Lang, namespaces: Iterable<Namespace>): Promise<void> {
  await Promise.all(
    [...namespaces].map(async (namespace) => {
      const key = `${into}/${namespace}`;
      if (!loaded.has(key)) loaded.set(key, await fetchCatalogue(into, namespace));
    }),
  );
}

/** Switches every screen at once, after its words have arrived, and keeps the choice on this device. */
export async function setLanguage(next: Lang): Promise<void> {
  await loadAll(next, wanted);
  lang = next;
  storeLanguage(next);
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Lang {
  return useSyncExternalStore(subscribe, currentLanguage);
}

export function useWords<N extends Namespace>(namespace: N): Words<N> {
  const language = useLanguage();
  return useMemo(() => wordsOf(language, namespace), [language, namespace]);
}

/** Words outside a component (announcements, titles). The catalogue must have been loaded. */
export function wordsOf<N extends Namespace>(language: Lang, namespace: N): Words<N> {
  return makeWords(language, loaded.get(`${language}/${namespace}`) ?? {});
}

function makeWords<N extends Namespace>(language: Lang, catalogue: Catalogue): Words<N> {
  const say = (key: string, params?: Params) =>
    fill(sentenceOf(language, catalogue, key, params?.["count"]), params);
  const rich = (key: string, params: Params<ReactNode>) => {
    const parts = fillParts(sentenceOf(language, catalogue, key, params["count"]), params);
    return createElement(Fragment, null, ...parts);
  };
  const maybe = (key: string, params?: Params) => {
    const sentence = sentenceOf(language, catalogue, key, params?.["count"]);
    return sentence === key ? undefined : fill(sentence, params);
  };
  return Object.assign(say, { rich, maybe });
}
