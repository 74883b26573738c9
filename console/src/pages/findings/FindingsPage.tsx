// Every file that was scanned at this edge: what the scan suspects, and what persons found.
import { Link } from 'react-router';
import { useProfiles, type ProfileLine } from '../../api/edge';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Num, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './findings.text';
import { settled, SUSPECTED } from './words';

const Name = ({ row }: { row: ProfileLine }) => (
  <span className="two">
    <Link to={`/findings/${row.id}`}>{row.name}</Link>
    <span className="quiet small">{row.dataset}</span>
  </span>
);

function Suspected({ row }: { row: ProfileLine }) {
  const { say } = useSay();
  return (
    <span className="two">
      <Status {...SUSPECTED[row.level]} />
      {row.suspected > 0 && <span className="quiet small">{say(t.ofFields, { n: row.suspected })}</span>}
    </span>
  );
}

const COLUMNS: Column<ProfileLine>[] = [
  { key: 'name', title: t.dataset, sort: (row) => row.name, render: (row) => <Name row={row} /> },
  { key: 'suspected', title: t.suspected, sort: (row) => row.suspected, render: (row) => <Suspected row={row} /> },
  { key: 'found', title: t.found, sort: (row) => row.found ?? '', render: (row) => <Status {...settled(row.found)} /> },
  { key: 'rows', title: t.rows, align: 'end', sort: (row) => row.rows, render: (row) => <Num value={row.rows} /> },
  { key: 'fields', title: t.fields, align: 'end', sort: (row) => row.fields, render: (row) => <Num value={row.fields} /> },
  { key: 'at', title: t.scanned, sort: (row) => row.at, render: (row) => <When at={row.at} seconds={false} /> },
];

const FILTERS: Filter<ProfileLine>[] = [
  {
    key: 'state',
    title: t.state,
    options: [
      { value: 'open', text: t.open },
      { value: 'settled', text: t.settledState },
    ],
    of: (row) => (row.found ? 'settled' : 'open'),
  },
];

export function FindingsPage() {
  const { say } = useSay();
  const query = useProfiles();
  if (!useMay('edge.read')) return <ForbiddenPage action="edge.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/profiles', data: query.data }}>
      <QueryTable
        name="findings"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.id, row.dataset].join(' ')}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}
