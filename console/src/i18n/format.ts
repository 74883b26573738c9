// Dates, instants, sizes and numbers as the house writes them: 2026-09-01, times with zone, sizes decimal as on the command line.
import type { Lang } from './lang';
import type { Zone } from './settings';

const ZONES: Record<string, string> = { 'Asia/Shanghai': 'UTC+8', UTC: 'UTC' };

function offset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const [sign, size] = [minutes < 0 ? '-' : '+', Math.abs(minutes)];
  const rest = size % 60 ? `:${String(size % 60).padStart(2, '0')}` : '';
  return minutes === 0 ? 'UTC' : `UTC${sign}${Math.floor(size / 60)}${rest}`;
}

/** `2026-09-01 17:20:33 UTC+8`. */
export function instant(iso: string, zone: Zone, seconds = true): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone === 'local' ? undefined : zone,
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  }).formatToParts(at); // prettier-ignore
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}${seconds ? `:${part('second')}` : ''}`;
  return `${part('year')}-${part('month')}-${part('day')} ${time} ${ZONES[zone] ?? offset(at)}`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `306.4 kB`, as `feiyu.base.text.size_of` tells it. */
export function bytes(size: number): string {
  let [value, unit] = [size, 0];
  while (value >= 1000 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 ? value : value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} ${UNITS[unit]}`;
}

/** A span of time as `0:42` or `3:07:05`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, '0')];
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** «3 minutes ago» in the reader's language; for titles, never alone. */
export function ago(iso: string, lang: Lang, now = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const [unit, size] = steps.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(lang === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** A digest or key id in groups of five, as both sides read it out. */
export function groups(text: string): string[] {
  return text.replace(/[\s:-]/g, '').match(/.{1,5}/g) ?? [];
}

/** Prefix and end of a long id, for narrow places; the whole stands in the title. */
export function short(id: string, head = 8, tail = 6): string {
  return id.length > head + tail + 1 ? `${id.slice(0, head)}…${id.slice(-tail)}` : id;
}

/** The legal day of an instant, as `2026-09-01`: the law counts days in Shanghai. */
export const day = (at: Date): string => instant(at.toISOString(), 'Asia/Shanghai').slice(0, 10);
