// What waits for this seat, one by one where the lists tell, else as a group with its number.
import { useBases, useFilings, useTransfers, useWorkbench } from '../../api/queries';
import { useSelf } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { t } from './workbench.text';

export interface Todo {
  readonly id: string;
  readonly text: string;
  readonly to: string;
  readonly at?: string;
  readonly count?: number;
  readonly loud?: boolean;
}

/** Groups whose members stand in the list one by one. */
const NAMED = ['/bases?state=entered', '/transfers?state=held'];
const DONE = ['issued', 'declined', 'withdrawn'];

export function useWork() {
  const { say } = useSay();
  const self = useSelf();
  const may = (action: string) => self.actions.includes(action);
  const [numbers, transfers, bases, filings] = [useWorkbench(), useTransfers(may('transfer.read')), useBases(may('basis.read')), useFilings(may('filing.read'))];
  const of = <T,>(rows: readonly T[] | undefined, fits: (row: T) => boolean) => (rows ?? []).filter(fits);
  const held = of(transfers.data, (row) => row.state === 'held' && may('transfer.cut')).map(
    (row): Todo => ({ id: row.id, text: say(row.owner_party === self.party.id ? t.todoHeld : t.watchHeld, { title: row.title }), to: `/transfers/${row.id}`, at: row.changed_at }),
  );
  const check = of(bases.data, (row) => row.state === 'entered' && may('basis.check') && row.entered_by !== self.principal_id).map(
    (row): Todo => ({ id: row.id, text: say(t.todoCheck, { number: row.number }), to: `/bases/${row.id}`, at: row.entered_at }),
  );
  const mine = (state: string) => (['draft', 'returned'].includes(state) ? may('filing.submit') : may('filing.examine'));
  const moving = of(filings.data, (row) => !DONE.includes(row.state) && mine(row.state)).map(
    (row): Todo => ({ id: row.id, text: say(t.todoFiling, { title: say(row.scenario_title) || row.id, state: say(row.state_name) }), to: `/filings/${row.id}`, at: row.changed_at }),
  );
  const one = [...held, ...check, ...moving].sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
  const groups = of(numbers.data?.todo, (row) => !NAMED.includes(row.path)).map(
    (row): Todo => ({ id: row.path, text: say(row.name), to: row.path, count: row.count, loud: row.loud }),
  );
  return {
    numbers,
    todo: [...groups.filter((each) => each.loud), ...one, ...groups.filter((each) => !each.loud)],
    transfers,
  };
}
