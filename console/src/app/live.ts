// One channel from the server. A change asks the pages' data again; progress is written where it shows, twice a second at most.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Transfer, TransferDetail } from '../api/types';

interface Message {
  readonly topic: string;
  readonly transfer?: string;
  readonly state?: string;
  readonly arrived_bytes?: number;
}

export interface Pulse {
  readonly connected: boolean;
  readonly at: number;
}

let pulse: Pulse = { connected: false, at: 0 };
const listeners = new Set<() => void>();
const beat = (connected: boolean) => {
  pulse = { connected, at: Date.now() };
  listeners.forEach((tell) => tell());
};

export const usePulse = (): Pulse =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => pulse,
  );

/** How fast a transfer's bytes arrive, from the last few messages: transfer id → samples. */
const samples = new Map<string, { readonly at: number; readonly size: number }[]>();

export function throughput(transfer: string, now = Date.now()): number | null {
  const recent = (samples.get(transfer) ?? []).filter((sample) => now - sample.at < 6_000);
  const [first, last] = [recent[0], recent.at(-1)];
  if (!first || !last || last.at <= first.at) return null;
  return ((last.size - first.size) / (last.at - first.at)) * 1000;
}

/** Notes how much has arrived now. */
export function sampled(transfer: string, size: number) {
  samples.set(transfer, [...(samples.get(transfer) ?? []).slice(-9), { at: Date.now(), size }]);
}

/** Keeps the channel open while somebody is signed in who may see transfers. */
export function useLive(wanted: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!wanted) return undefined;
    const source = new EventSource('/api/v1/live');
    const take = (event: MessageEvent<string>) => {
      beat(true);
      const message = JSON.parse(event.data) as Message;
      if (message.topic === 'progress' && message.transfer) {
        const [id, size] = [message.transfer, message.arrived_bytes ?? 0];
        const put = <T extends Transfer>(row: T): T => (row.id === id ? { ...row, arrived_bytes: Math.max(row.arrived_bytes, size) } : row);
        client.setQueryData<Transfer[]>(['transfers'], (rows) => rows?.map(put));
        client.setQueryData<TransferDetail>(['transfers', id], (row) => row && put(row));
        return;
      }
      for (const key of ['transfers', 'grants', 'workbench', 'evidence', 'log']) void client.invalidateQueries({ queryKey: [key] });
    };
    source.onopen = () => beat(true);
    source.addEventListener('change', take as EventListener);
    source.onerror = () => beat(false);
    return () => source.close();
  }, [wanted, client]);
}
