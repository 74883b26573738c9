// Language, theme and time zone of this browser. The address wins over what is stored, so a link shows what it promised.
import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Zone = 'Asia/Shanghai' | 'UTC' | 'local';

export interface Settings {
  readonly lang: 'zh' | 'en';
  readonly theme: Theme;
  readonly zone: Zone;
}

const KEY = 'feiyu.settings';

function stored(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>;
  } catch {
    return {}; // storage is switched off or holds something foreign: the defaults do
  }
}

function read(): Settings {
  const found = stored();
  const asked = new URLSearchParams(location.search).get('lang');
  const lang = asked === 'zh' || asked === 'en' ? asked : found.lang;
  return {
    lang: lang ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'),
    theme: found.theme ?? 'system',
    zone: found.zone ?? 'Asia/Shanghai',
  };
}

let settings = read();
const listeners = new Set<() => void>();

export function currentSettings(): Settings {
  return settings;
}

export function change(part: Partial<Settings>): void {
  settings = { ...settings, ...part };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // without storage the choice lasts as long as the page
  }
  listeners.forEach((tell) => tell());
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, currentSettings);
}
