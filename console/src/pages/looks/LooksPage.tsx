// Everything that port staff were shown of one's own organisation, newest first, a page at a time.
import { Checkbox } from 'antd';
import { Link } from 'react-router';
import { address } from '../../api/client';
import { useLooks } from '../../api/queries';
import type { Look } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Ident, Num } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { useAddress, type Column, type Filter } from '../../kit/useListState';
import { ForbiddenPage } from '../trouble/TroublePages';
import { Earlier, keyOf, LookBy, LookThing, LookWhen } from './Looks';
import { t } from './looks.text';

const How = ({ of }: { of: Look }) => <>{useSay().say(of.how_name)}</>;

const COLUMNS: Column<Look>[] = [
  { key: 'thing', title: t.thing, sort: (row) => `${row.kind} ${row.thing}`, render: (row) => <LookThing of={row} /> },
  { key: 'how', title: t.how, sort: (row) => row.how, render: (row) => <How of={row} /> },
  { key: 'who', title: t.who, sort: (row) => row.by, render: (row) => <LookBy of={row} /> },
  { key: 'when', title: t.when, sort: (row) => row.first_at, text: (row) => `${row.first_at} ${row.last_at}`, render: (row) => <LookWhen of={row} /> },
  { key: 'times', title: t.times, align: 'end', sort: (row) => row.times, render: (row) => <Num value={row.times} /> },
];

const FILTERS: Filter<Look>[] = [
  {
    key: 'seat',
    title: t.seat,
    options: [
      { value: 'centre.staff', text: t.centre },
      { value: 'authority.officer', text: t.authority },
      { value: 'operator', text: t.operator },
      { value: 'auditor', text: t.auditor },
    ],
    of: (row) => row.seats[0]?.id ?? '',
  },
];

function OnlyOf({ thing }: { thing: string }) {
  const { say, label } = useSay();
  return (
    <>
      {label(t.only)}
      <Ident id={thing} whole /> <Link to="/looks">{say(t.whole)}</Link>
    </>
  );
}

const search = (row: Look) =>
  [row.thing, row.within, row.by, row.kind_name.zh, row.kind_name.en, row.how_name.zh, row.how_name.en, row.by_party_name?.zh, row.by_party_name?.en].join(' ');

export function LooksPage() {
  const { say } = useSay();
  const may = useMay('look.read');
  const [params, set] = useAddress();
  const lists = params.get('lists') === 'true';
  const thing = params.get('thing') ?? '';
  const query = useLooks(thing, lists, may);
  if (!may) return <ForbiddenPage action="look.read" />;
  const asked = { ...query, data: query.data?.rows };
  return (
    <Page
      title={say(t.title)}
      lead={thing ? <OnlyOf thing={thing} /> : say(t.lead)}
      actions={
        <Checkbox checked={lists} onChange={(event) => set({ lists: event.target.checked ? 'true' : null })}>
          {say(t.lists)}
        </Checkbox>
      }
      raw={query.data && { path: address('/api/v1/looks', { query: { thing, lists: String(lists) } }), data: query.data.rows }}
    >
      <QueryTable
        key={`${thing} ${lists} ${query.data?.pages ?? 0}`}
        name="looks"
        caption={t.title}
        query={asked}
        id={keyOf}
        columns={COLUMNS}
        filters={FILTERS}
        search={search}
        empty={<Empty title={t.none}>{t.noneHint}</Empty>}
      />
      <Earlier query={query} />
    </Page>
  );
}
