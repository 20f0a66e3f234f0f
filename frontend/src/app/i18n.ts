import { useSyncExternalStore } from 'react';
import type { Messages } from './messages';

export const LANGUAGES = ['en', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Namespace = keyof Messages;
type Values = Record<string, string | number>;

type Name<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
type Keys<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${Name<K>}` : Keys<T[K], `${Prefix}${K}.`>;
}[keyof T & string];
export type MessageKey<N extends Namespace> = Keys<Messages[N]>;
/** With `count` among the values, the form of the number is taken: `name_one` or `name_other`. */
export type Translate<N extends Namespace> = (key: MessageKey<N>, values?: Values) => string;

type Tree = { [key: string]: string | Tree };
const KEPT = 'language';
const FILES = {
  en: import.meta.glob<Tree>(['./messages/en.json', '../features/*/messages/en.json'], { import: 'default' }),
  ja: import.meta.glob<Tree>(['./messages/ja.json', './problems/ja.json', '../features/*/messages/ja.json'], {
    import: 'default',
  }),
};

const loaded = new Map<Language, Record<string, Tree>>();
const translators = new Map<string, Translate<Namespace>>();
const listeners = new Set<() => void>();
let language: Language = 'en';

export function currentLanguage(): Language {
  return language;
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  localStorage.setItem(KEPT, wanted);
  await use(wanted);
}

export function startI18n(): Promise<void> {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages].map((name) => name?.slice(0, 2));
  return use(
    LANGUAGES.find((known) => known === wanted.find((name) => name === 'en' || name === 'ja')) ?? 'en',
  );
}

/** The messages of one feature in the language that is on. */
export function translator<N extends Namespace>(namespace: N): Translate<N> {
  const id = `${language}:${namespace}`;
  const known = translators.get(id) ?? made(language, namespace);
  translators.set(id, known);
  return known as Translate<N>;
}

/** What a code of the server means, in the languages that the server does not speak itself. */
export function problemMessage(code: string): string | undefined {
  const message = loaded.get(language)?.problems?.[code];
  return typeof message === 'string' ? message : undefined;
}

export function useTranslation<N extends Namespace = 'app'>(namespace?: N) {
  const current = useSyncExternalStore(subscribe, currentLanguage);
  return { t: translator((namespace ?? 'app') as N), language: current };
}

async function use(wanted: Language): Promise<void> {
  if (!loaded.has(wanted)) {
    const files = await Promise.all(
      Object.entries(FILES[wanted]).map(async ([path, read]) => [namespaceOf(path), await read()] as const),
    );
    loaded.set(wanted, Object.fromEntries(files));
  }
  language = wanted;
  document.documentElement.lang = wanted;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function namespaceOf(path: string): string {
  return /(?:features\/([^/]+)|(problems))\//.exec(path)?.slice(1).find(Boolean) ?? 'app';
}

function made(of: Language, namespace: Namespace): Translate<Namespace> {
  const tree = loaded.get(of)?.[namespace] ?? {};
  const forms = new Intl.PluralRules(of);
  const numbers = new Intl.NumberFormat(of);
  return (key, values = {}) => {
    const form =
      typeof values.count === 'number' ? find(tree, `${key}_${forms.select(values.count)}`) : undefined;
    const message = form ?? find(tree, `${key}_other`) ?? find(tree, key);
    if (message === undefined) throw new Error(`There is no message ${namespace}:${key} in ${of}.`);
    return message.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? '');
    });
  };
}

function find(tree: Tree, key: string): string | undefined {
  let found: string | Tree | undefined = tree;
  for (const part of key.split('.')) {
    found = typeof found === 'object' ? found[part] : undefined;
  }
  return typeof found === 'string' ? found : undefined;
}
