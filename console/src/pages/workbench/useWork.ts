// What waits for this seat, gathered from the lists one may see; every number is a link to its list.
import { useBases, useFilings, useGrants, useTransfers } from '../../api/queries';
import { useSelf } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { grantState } from '../grants/GrantsPage';
import { t } from './workbench.text';

export interface Number {
  readonly text: Text;
  readonly value: number;
  readonly to: string;
}

export interface Todo {
  readonly id: string;
  readonly text: string;
  readonly to: string;
  readonly at: string;
}

const DONE = ['issued', 'declined', 'withdrawn'];

export function useWork() {
  const { say } = useSay();
  const self = useSelf();
  const may = (action: string) => self.actions.includes(action);
  const [transfers, grants, bases, filings] = [useTransfers(), useGrants(), useBases(), useFilings()];
  const of = <T,>(rows: readonly T[] | undefined, fits: (row: T) => boolean) => (rows ?? []).filter(fits);
  const numbers: (Number | false)[] = [
    may('transfer.read') && { text: t.open, value: of(transfers.data, (row) => row.state === 'open').length, to: '/transfers?state=open' },
    may('transfer.read') && { text: t.held, value: of(transfers.data, (row) => row.state === 'held').length, to: '/transfers?state=held' },
    may('filing.read') && { text: t.filings, value: of(filings.data, (row) => !DONE.includes(row.state)).length, to: '/filings' },
    may('basis.read') && { text: t.toCheck, value: of(bases.data, (row) => row.state === 'entered').length, to: '/bases?state=entered' },
    may('grant.read') && { text: t.grants, value: of(grants.data, (row) => grantState(row) === 'live').length, to: '/grants?state=live' },
    may('transfer.read') && { text: t.received, value: of(transfers.data, (row) => row.state === 'received').length, to: '/transfers?state=received' },
  ];
  const held = of(transfers.data, (row) => row.state === 'held' && may('transfer.cut')).map(
    (row): Todo => ({ id: row.id, text: say(t.todoHeld, { title: row.title }), to: `/transfers/${row.id}`, at: row.changed_at }),
  );
  const check = of(bases.data, (row) => row.state === 'entered' && may('basis.check') && row.entered_by !== self.principal_id).map(
    (row): Todo => ({ id: row.id, text: say(t.todoCheck, { number: row.number }), to: `/bases/${row.id}`, at: row.entered_at }),
  );
  const mine = (state: string) => (['draft', 'returned'].includes(state) ? may('filing.submit') : may('filing.examine'));
  const moving = of(filings.data, (row) => !DONE.includes(row.state) && mine(row.state)).map(
    (row): Todo => ({ id: row.id, text: say(t.todoFiling, { title: say(row.scenario_title) || row.id, state: say(row.state_name) }), to: `/filings/${row.id}`, at: row.changed_at }),
  );
  return {
    numbers: numbers.filter((each): each is Number => each !== false),
    todo: [...held, ...check, ...moving].sort((a, b) => (a.at < b.at ? 1 : -1)),
    transfers,
  };
}
