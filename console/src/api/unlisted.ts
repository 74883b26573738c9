// Addresses that the OpenAPI document does not list yet, with the shapes agreed for them.
import type { Text } from '../i18n/lang';
import { fetchJson } from './client';

export interface DemoAccount {
  readonly account: string;
  readonly password: string;
  readonly name: string;
  readonly party: Text;
  readonly roles: readonly Text[];
}

export const demoAccounts = (): Promise<DemoAccount[]> => fetchJson('/api/v1/demo/accounts');

export interface WorkItem {
  readonly kind: string;
  readonly text: Text;
  readonly to: string;
  readonly at: string;
}

export interface Workbench {
  readonly numbers: Readonly<Record<string, number>>;
  readonly todo: readonly WorkItem[];
}

export const workbench = (): Promise<Workbench> => fetchJson('/api/v1/workbench');

export interface EvidenceEntry {
  readonly event_id: string;
  readonly type: string;
  readonly name: Text;
  readonly at: string;
  readonly index: number | null;
  readonly refs: Readonly<Record<string, string>>;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly proven: boolean;
  readonly entry: string | null;
}

export const evidence = (query: string): Promise<EvidenceEntry[]> => fetchJson('/api/v1/evidence', { query: { query } });

export interface LogHead {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly checkpoint: string;
  readonly at: string;
  readonly witnesses: readonly { readonly name: string; readonly at: string }[];
}

export const log = (): Promise<LogHead> => fetchJson('/api/v1/log');

export interface SemanticType {
  readonly id: string;
  readonly name: Text;
  readonly personal: boolean;
  readonly sensitive: boolean;
}

export const types = (): Promise<SemanticType[]> => fetchJson('/api/v1/types');
