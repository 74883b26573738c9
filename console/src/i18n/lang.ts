// Two languages, side by side. A text has both halves or does not compile; `scripts/check.mjs` looks at their content.
import { useCallback } from 'react';
import { useSettings } from './settings';

export type Lang = 'zh' | 'en';

export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Values = Readonly<Record<string, string | number>>;

/** Declares the texts of one page: `const t = texts({ title: { zh: '…', en: '…' } })`. */
export function texts<T extends Readonly<Record<string, Text>>>(all: T): T {
  return all;
}

/** One half, with its named places filled; numbers get their thousands, and `{n?row:rows}` is the word that fits the number `n`. */
export function speak(text: Text, lang: Lang, values?: Values): string {
  const half = text[lang];
  if (!values) return half;
  return half.replace(/\{(\w+)(?:\?([^{}:]*):([^{}:]*))?\}/g, (place, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return place;
    if (one !== undefined && many !== undefined) return String(value) === '1' ? one : many;
    return typeof value === 'number' ? value.toLocaleString('en-US') : value;
  });
}

export type Say = (text: Text | null | undefined, values?: Values) => string;

/** The reader's language and the functions that speak it; `label` ends in a colon, as the language writes it. */
export function useSay(): { say: Say; label: (text: Text) => string; lang: Lang } {
  const { lang } = useSettings();
  const say = useCallback<Say>((text, values) => (text ? speak(text, lang, values) : ''), [lang]);
  const label = useCallback((text: Text) => `${text[lang]}${lang === 'zh' ? '\uff1a' : ': '}`, [lang]);
  return { say, label, lang };
}
