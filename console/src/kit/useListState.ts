// The state of a list stands in the address: text, filters, order, page. Rows that arrive later wait to be shown.
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';

export const PAGE_SIZE = 20;

export interface Column<Row> {
  readonly key: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly render: (row: Row) => React.ReactNode;
  readonly sort?: (row: Row) => string | number;
  /** What stands in the exported file; what is sorted by, if nothing is given. */
  readonly text?: (row: Row) => string;
  readonly align?: 'end';
}

export interface Filter<Row> {
  readonly key: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly options: readonly { readonly value: string; readonly text: { readonly zh: string; readonly en: string } }[];
  readonly of: (row: Row) => string;
}

/**
 * The address as a small record; setting a value goes back to the first page and keeps the rest. The rest is read from the address
 * itself: what was drawn last may be older than the click before this one.
 */
export function useAddress(): [URLSearchParams, (part: Record<string, string | null>) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (part: Record<string, string | null>) =>
      setParams(
        () => {
          const after = new URLSearchParams(window.location.search);
          if (!('page' in part)) after.delete('page');
          for (const [name, value] of Object.entries(part)) value ? after.set(name, value) : after.delete(name);
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [params, set];
}

/** Which tab the address names, and how to change it; the first one where it names none of them. */
export function useTab(tabs: readonly string[]): [string, (tab: string) => void] {
  const [params, set] = useAddress();
  const named = params.get('tab') ?? '';
  return [tabs.includes(named) ? named : tabs[0]!, (tab) => set({ tab: tab === tabs[0] ? null : tab })];
}

/** Keeps rows that came after the first look out of the way until asked for; rows that are shown still change in place. */
export function useHeldBack<Row>(rows: readonly Row[] | undefined, id: (row: Row) => string) {
  const [known, setKnown] = useState<ReadonlySet<string> | null>(null);
  if (rows && known === null) setKnown(new Set(rows.map(id)));
  const fresh = useMemo(() => (rows && known ? rows.filter((row) => !known.has(id(row))) : []), [rows, known, id]);
  const shown = useMemo(() => (rows && known ? rows.filter((row) => known.has(id(row))) : rows), [rows, known, id]);
  const reveal = () => setKnown(new Set(rows?.map(id)));
  return { shown, fresh: fresh.length, reveal };
}

export function useListState<Row>(rows: readonly Row[], columns: readonly Column<Row>[], filters: readonly Filter<Row>[], search: (row: Row) => string) {
  const [params, set] = useAddress();
  const q = params.get('q') ?? '';
  const order = params.get('sort') ?? '';
  const chosen = filters.map((filter) => [filter, params.get(filter.key)] as const).filter(([, value]) => value);
  const matched = useMemo(() => {
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = rows.filter(
      (row) =>
        chosen.every(([filter, value]) => filter.of(row) === value) &&
        words.every((word) => search(row).toLowerCase().includes(word)),
    );
    const column = columns.find((each) => each.key === order.replace(/^-/, ''));
    if (!column?.sort) return kept;
    const by = column.sort;
    const sign = order.startsWith('-') ? -1 : 1;
    return [...kept].sort((a, b) => (by(a) < by(b) ? -sign : by(a) > by(b) ? sign : 0));
    // `chosen` is made anew on each render; the address it is made of is what counts
  }, [rows, params.toString(), columns, search]);
  const pages = Math.max(1, Math.ceil(matched.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Number(params.get('page') ?? 1) || 1));
  return { params, set, q, order, matched, page, pages, active: Boolean(q) || chosen.length > 0 };
}
