// The entries of the year, reversed ones too; an entry can be reversed here.
import { post } from '../../api/client';
import { useAct, useLedgerEntries } from '../../api/queries';
import type { LedgerEntry } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { GroundAct } from '../../kit/GroundAct';
import { QueryTable } from '../../kit/QueryTable';
import { Num } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { t } from './ledger.text';

const KINDS: Readonly<Record<string, Text>> = { transfer: t.transfer, opening: t.opening, outside: t.outside, reversal: t.reversal };
const LEVELS: Readonly<Record<string, Text>> = { D: t.D, L: t.L, M: t.M, S: t.S };
const name = (words: Readonly<Record<string, Text>>, code: string): Text => words[code] ?? { zh: code, en: code };

const COLUMNS: Column<LedgerEntry>[] = [
  { key: 'day', title: t.day, sort: (row) => row.day, render: (row) => <span className="num">{row.day}</span> },
  { key: 'kind', title: t.kind, sort: (row) => row.kind, render: (row) => <Kind row={row} /> },
  { key: 'level', title: t.level, sort: (row) => row.level, render: (row) => <Say text={name(LEVELS, row.level)} /> },
  { key: 'persons', title: t.persons, align: 'end', sort: (row) => row.persons, render: (row) => <Num value={row.persons} /> },
  { key: 'sensitive', title: t.sensitive, align: 'end', sort: (row) => row.sensitive, render: (row) => <Num value={row.sensitive} /> },
  { key: 'source', title: t.source, sort: (row) => row.title ?? row.source, render: (row) => <Source row={row} /> },
  { key: 'act', title: { zh: '操作', en: 'Act' }, render: (row) => <Reverse row={row} />, text: () => '' },
];

const FILTERS: Filter<LedgerEntry>[] = [
  { key: 'kind', title: t.kind, options: Object.entries(KINDS).map(([value, text]) => ({ value, text })), of: (row) => row.kind },
];

const Say = ({ text }: { text: Text }) => <>{useSay().say(text)}</>;

function Kind({ row }: { row: LedgerEntry }) {
  const { say } = useSay();
  return (
    <span className="two">
      <span>{say(name(KINDS, row.kind))}</span>
      {row.reversed && <Status tone="mute" text={t.reversed} />}
    </span>
  );
}

function Source({ row }: { row: LedgerEntry }) {
  return (
    <span className="two">
      <span>{row.title ?? row.source}</span>
      {(row.ground || row.branch) && <span className="quiet small">{[row.branch, row.ground].filter(Boolean).join(' · ')}</span>}
    </span>
  );
}

function Reverse({ row }: { row: LedgerEntry }) {
  const { say } = useSay();
  const may = useMay('ledger.write');
  const act = useAct(
    (ground: string) => post('/api/v1/ledger/entries/{entry_id}/reverse', { path: { entry_id: row.id }, body: { ground } }),
    ['ledger'], ['chain'],
  ); // prettier-ignore
  if (!may || row.reversed || row.reverses) return null;
  return <GroundAct label={t.reverse} title={t.reverseTitle} consequence={say(t.reverseWhat, { n: row.persons })} act={act.mutateAsync} />;
}

export function EntryTable() {
  return (
    <QueryTable
      name="ledger"
      caption={t.list}
      query={useLedgerEntries()}
      id={(row) => row.id}
      columns={COLUMNS}
      filters={FILTERS}
      search={(row) => [row.id, row.source, row.title, row.branch, row.ground].join(' ')}
      empty={<Empty title={t.none}>{t.noneHint}</Empty>}
    />
  );
}
