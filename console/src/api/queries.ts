// What the pages ask for. One key per address, so that the live channel can tell which to ask again.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { get, Refusal } from './client';
import type { Counted } from './types';

export const retry = (count: number, error: unknown) => count < 2 && !(error instanceof Refusal && error.status >= 400 && error.status < 500);

export const useMe = () =>
  useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) =>
      get('/api/v1/session', { signal }).catch((error: unknown) => {
        if (error instanceof Refusal && error.status === 401) return null; // nobody is signed in
        throw error;
      }),
    staleTime: Infinity,
  });

const LISTS = { refetchInterval: 15_000 } as const; // the live channel tells of transfers only

export const useFilings = (may = true) => useQuery({ enabled: may, queryKey: ['filings'], queryFn: ({ signal }) => get('/api/v1/filings', { signal }), ...LISTS });
export const useFiling = (id: string) =>
  useQuery({ queryKey: ['filings', id], queryFn: ({ signal }) => get('/api/v1/filings/{filing_id}', { path: { filing_id: id }, signal }) });
export const useBases = (may = true) => useQuery({ enabled: may, queryKey: ['bases'], queryFn: ({ signal }) => get('/api/v1/bases', { signal }), ...LISTS });
export const useBasis = (id: string) =>
  useQuery({ queryKey: ['bases', id], queryFn: ({ signal }) => get('/api/v1/bases/{basis_id}', { path: { basis_id: id }, signal }) });
export const useGrants = () => useQuery({ queryKey: ['grants'], queryFn: ({ signal }) => get('/api/v1/grants', { signal }), ...LISTS });
export const useGrant = (id: string) =>
  useQuery({ queryKey: ['grants', id], queryFn: ({ signal }) => get('/api/v1/grants/{grant_id}', { path: { grant_id: id }, signal }) });
export const useTransfers = (may = true) => useQuery({ enabled: may, queryKey: ['transfers'], queryFn: ({ signal }) => get('/api/v1/transfers', { signal }), ...LISTS });
export const useTransfer = (id: string) =>
  useQuery({
    queryKey: ['transfers', id],
    queryFn: ({ signal }) => get('/api/v1/transfers/{transfer_id}', { path: { transfer_id: id }, signal }),
  });
export const useScenarios = (may = true) => useQuery({ enabled: may, queryKey: ['scenarios'], queryFn: ({ signal }) => get('/api/v1/scenarios', { signal }), ...LISTS });
export const useScenario = (id: string) =>
  useQuery({ queryKey: ['scenarios', id], queryFn: ({ signal }) => get('/api/v1/scenarios/{scenario_id}', { path: { scenario_id: id }, signal }) });
export const useFlows = () => useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => get('/api/v1/flows', { signal }), ...LISTS });
export const useParties = () =>
  useQuery({ queryKey: ['parties'], queryFn: ({ signal }) => get('/api/v1/parties', { signal }), staleTime: 60_000 });
export const useKeys = (id: string) =>
  useQuery({ queryKey: ['keys', id], queryFn: ({ signal }) => get('/api/v1/parties/{party_id}/keys', { path: { party_id: id }, signal }) });
export const useKeyChanges = (id: string) =>
  useQuery({ queryKey: ['keys', id, 'changes'], queryFn: ({ signal }) => get('/api/v1/parties/{party_id}/keys/changes', { path: { party_id: id }, signal }) });

export const useLog = () => useQuery({ queryKey: ['log'], queryFn: ({ signal }) => get('/api/v1/log', { signal }), refetchInterval: 5_000 });
export const useEvidence = (query: string, may: boolean) =>
  useQuery({ enabled: may, queryKey: ['evidence', query], queryFn: ({ signal }) => get('/api/v1/evidence', { query: { query }, signal }) });
export const useAlarms = (may: boolean) =>
  useQuery({ enabled: may, queryKey: ['alarms'], queryFn: ({ signal }) => get('/api/v1/alarms', { query: { closed: 'true' }, signal }), ...LISTS });
export const useWorkbench = () => useQuery({ queryKey: ['workbench'], queryFn: ({ signal }) => get('/api/v1/workbench', { signal }), ...LISTS });
export const useTypes = () =>
  useQuery({ queryKey: ['types'], queryFn: ({ signal }) => get('/api/v1/types', { signal }), staleTime: Infinity });
export const useRulebook = () =>
  useQuery({ queryKey: ['rulebook'], queryFn: ({ signal }) => get('/api/v1/rulebook', { signal }), staleTime: Infinity });
export const usePrincipals = (may: boolean) =>
  useQuery({ queryKey: ['principals'], queryFn: ({ signal }) => get('/api/v1/principals', { signal }), staleTime: 60_000, enabled: may });
export const useSeats = () =>
  useQuery({ queryKey: ['seats'], queryFn: ({ signal }) => get('/api/v1/demo/accounts', { signal }), retry: false, staleTime: Infinity });

export const useLedger = () => useQuery({ queryKey: ['ledger'], queryFn: ({ signal }) => get('/api/v1/ledger', { signal }), ...LISTS });
export const useLedgerEntries = () =>
  useQuery({ queryKey: ['ledger', 'entries'], queryFn: ({ signal }) => get('/api/v1/ledger/entries', { signal }), ...LISTS });
export const useChain = () => useQuery({ queryKey: ['chain'], queryFn: ({ signal }) => get('/api/v1/chain', { signal }), ...LISTS });
export const useCalendar = () => useQuery({ queryKey: ['calendar'], queryFn: ({ signal }) => get('/api/v1/calendar', { signal }), ...LISTS });
export const useReminders = () => useQuery({ queryKey: ['reminders'], queryFn: ({ signal }) => get('/api/v1/reminders', { signal }), ...LISTS });
export const useRedetermined = () =>
  useQuery({ queryKey: ['redetermined'], queryFn: ({ signal }) => get('/api/v1/law/redetermined', { signal }) });
export const useIncidents = () => useQuery({ queryKey: ['incidents'], queryFn: ({ signal }) => get('/api/v1/incidents', { signal }), ...LISTS });
/** The counts that may be checked, each with its latest spot check. */
export const useCounted = () =>
  useQuery({
    queryKey: ['counts'],
    queryFn: async ({ signal }): Promise<Counted[]> => {
      const [counts, checks] = await Promise.all([get('/api/v1/counts', { signal }), get('/api/v1/spotchecks', { signal })]);
      return counts.map((row) => ({ ...row, check: checks.find((one) => one.counts_id === row.id) }));
    },
    ...LISTS,
  });
export const useBreakGlass = () => useQuery({ queryKey: ['breakglass'], queryFn: ({ signal }) => get('/api/v1/breakglass', { signal }), ...LISTS });

/** Who looked, at one thing or at all, a page at a time; `rows` holds all pages that were asked for. */
export const useLooks = (thing: string, lists: boolean, may = true) =>
  useInfiniteQuery({
    enabled: may,
    queryKey: ['looks', thing, lists],
    queryFn: ({ pageParam, signal }) => get('/api/v1/looks', { query: { thing, lists: String(lists), before: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.next === null ? undefined : String(last.next)),
    select: (found) => ({ rows: found.pages.flatMap((page) => page.looks), pages: found.pages.length }),
  });

/** A change; afterwards the lists and details it touches are asked again. */
export function useAct<In, Out>(act: (input: In) => Promise<Out>, ...touched: QueryKey[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => Promise.all([...touched, ['workbench']].map((key) => client.invalidateQueries({ queryKey: key }))),
  });
}
