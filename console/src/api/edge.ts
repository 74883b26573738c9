// What an exporter's edge answers beside ledger and dossiers: scanned files with their findings, runs, own copies, pins.
import { useQuery } from '@tanstack/react-query';
import { get } from './client';
import type { components } from './edge.schema';

type Models = components['schemas'];
export type ProfileLine = Models['ProfileLineOut'];
export type Levels = Omit<Models['LevelsOut'], 'effects'> & { readonly effects: readonly Effect[] };
export type FieldLevel = Models['FieldLevelOut'];
export type Finding = Models['SignedFindingOut'];
export type FindingIn = Models['FindingIn'];
export type Effect = Omit<Models['EffectOut'], 'determination'> & { readonly determination: import('./types').Determination };
export type Run = Models['RunOut'];
export type Kept = Models['KeptOut'];
export type Pinned = Models['PinnedOut'];
export type Lease = Models['HeldLeaseOut'];
export type Glass = Models['BreakGlassOut'];

const LISTS = { refetchInterval: 15_000 } as const;
const SOON = { refetchInterval: 3_000 } as const; // no live channel at an edge

export const useProfiles = () => useQuery({ queryKey: ['profiles'], queryFn: ({ signal }) => get('/api/v1/profiles', { signal }), ...LISTS });
export const useLevels = (id: string) =>
  useQuery({
    queryKey: ['profiles', id],
    queryFn: async ({ signal }) => (await get('/api/v1/profiles/{profile_id}/levels', { path: { profile_id: id }, signal })) as unknown as Levels,
  });
export const useRuns = () => useQuery({ queryKey: ['runs'], queryFn: ({ signal }) => get('/api/v1/runs', { signal }), ...SOON });
export const useRun = (id: string) =>
  useQuery({ queryKey: ['runs', id], queryFn: ({ signal }) => get('/api/v1/runs/{run_id}', { path: { run_id: id }, signal }), ...SOON });
export const useCopy = (id: string) =>
  useQuery({ queryKey: ['runs', id, 'copy'], queryFn: ({ signal }) => get('/api/v1/runs/{run_id}/copy', { path: { run_id: id }, signal }) });
export const usePins = () => useQuery({ queryKey: ['pins'], queryFn: ({ signal }) => get('/api/v1/pins', { signal }), ...LISTS });
export const useLeases = () => useQuery({ queryKey: ['leave', 'leases'], queryFn: ({ signal }) => get('/api/v1/leave/leases', { signal }), ...LISTS });
export const useGlasses = () => useQuery({ queryKey: ['leave', 'glasses'], queryFn: ({ signal }) => get('/api/v1/leave/breakglass', { signal }), ...LISTS });
export const useRecipients = () => useQuery({ queryKey: ['recipients'], queryFn: ({ signal }) => get('/api/v1/recipients', { signal }), staleTime: 60_000 });
