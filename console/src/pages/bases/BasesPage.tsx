import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useBases } from '../../api/queries';
import type { Basis } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Num } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { PartyName } from '../names';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { BASIS_KINDS, BASIS_STATES, optionsOf, wordOf } from '../words';
import { t } from './bases.text';
import { Issuer } from './BasisPage';

const COLUMNS: Column<Basis>[] = [
  { key: 'number', title: t.number, sort: (row) => row.number, render: (row) => <NumberCell row={row} /> },
  { key: 'kind', title: t.kind, sort: (row) => row.kind, render: (row) => <Kind row={row} /> },
  { key: 'state', title: shared.state, sort: (row) => row.state, render: (row) => <Status {...wordOf(BASIS_STATES, row.state)} /> },
  { key: 'exporter', title: shared.exporter, sort: (row) => row.owner_party, render: (row) => <PartyName id={row.owner_party} link={false} /> },
  { key: 'persons', title: t.personsMax, align: 'end', sort: (row) => row.persons_max, render: (row) => <Num value={row.persons_max} /> },
  { key: 'until', title: t.validUntil, sort: (row) => row.valid_until, render: (row) => <span className="num">{row.valid_until}</span> },
];

function NumberCell({ row }: { row: Basis }) {
  const { say } = useSay();
  return (
    <span className="two">
      <Link to={`/bases/${row.id}`}>{row.number}</Link>
      <span className="quiet small">
        <Issuer of={row} />
        {row.fictional && ` · ${say(shared.fictional)}`}
      </span>
    </span>
  );
}

const Kind = ({ row }: { row: Basis }) => <>{useSay().say(row.kind_name)}</>;

const DUE_MS = 90 * 86_400_000;
const due = (row: Basis) => row.state === 'effective' && new Date(row.valid_until).getTime() - Date.now() < DUE_MS;

const FILTERS: Filter<Basis>[] = [
  { key: 'due', title: t.dueTitle, options: [{ value: '90', text: t.due90 }], of: (row) => (due(row) ? '90' : '') },
  { key: 'state', title: shared.state, options: optionsOf(BASIS_STATES), of: (row) => row.state },
  { key: 'kind', title: t.kind, options: optionsOf(BASIS_KINDS), of: (row) => row.kind },
];

export function BasesPage() {
  const { say } = useSay();
  const query = useBases();
  const mayEnter = useMay('basis.enter');
  if (!useMay('basis.read')) return <ForbiddenPage action="basis.read" />;
  const enter = (
    <Link to="/bases/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {say(t.enter)}
      </Button>
    </Link>
  );
  return (
    <Page title={say(t.title)} lead={say(t.lead)} actions={mayEnter && enter} raw={query.data && { path: '/api/v1/bases', data: query.data }}>
      <QueryTable
        name="bases"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.id, row.number, row.issuer, row.kind_name.zh, row.kind_name.en].join(' ')}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}
