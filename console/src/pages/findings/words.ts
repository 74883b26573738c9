// Levels as the scan suspects them, as findings settle them, and what a finding rests on.
import type { Finding } from '../../api/edge';
import type { Text } from '../../i18n/lang';
import type { Tone } from '../../kit/Status';
import { t } from './findings.text';

type Word = { readonly text: Text; readonly tone: Tone };
export type Level = Finding['level'];

export const LEVELS: Readonly<Record<Level, Word>> = {
  general: { text: t.general, tone: 'ok' },
  important: { text: t.important, tone: 'warn' },
  core: { text: t.core, tone: 'bad' },
};
export const SUSPECTED: Readonly<Record<Level, Word>> = {
  general: { text: t.nothing, tone: 'mute' },
  important: { text: t.maybeImportant, tone: 'ask' },
  core: { text: t.maybeCore, tone: 'bad' },
};
const SETTLED: Readonly<Record<string, Word>> = { ...LEVELS, suspected: { text: t.ownImportant, tone: 'ask' } };
export const settled = (found: string | null): Word => (found && SETTLED[found]) || { text: t.open, tone: 'wait' };
export const BASES: Readonly<Record<Finding['basis'], Text>> = { notified: t.notified, published: t.published, own: t.own };

const ORDER: readonly Level[] = ['general', 'important', 'core'];

/** What a finding does to the level that was there before: the one signed before it, else what the scan suspected. */
export function move(before: Level | null, level: Level): Text {
  if (before === null) return t.first;
  const [a, b] = [ORDER.indexOf(before), ORDER.indexOf(level)];
  return b > a ? t.raises : b < a ? t.lowers : t.confirms;
}

/** What ``settled`` would say of the file: the key among its effects. */
export const effectOf = (level: Level, basis: Finding['basis']): string => (level === 'important' && basis === 'own' ? 'suspected' : level);
