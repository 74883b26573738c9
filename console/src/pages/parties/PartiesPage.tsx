import { Link } from 'react-router';
import { useParties } from '../../api/queries';
import type { Party } from '../../api/types';
import { useSay } from '../../i18n/lang';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Dash } from '../../kit/Show';
import { Empty } from '../../kit/States';
import type { Column, Filter } from '../../kit/useListState';
import { Country } from '../names';
import { optionsOf, PARTY_KINDS, textOf } from '../words';
import { t } from './parties.text';

function Name({ row }: { row: Party }) {
  const { say, lang } = useSay();
  return (
    <span className="two">
      <Link to={`/parties/${row.id}`}>{say(row.name)}</Link>
      <span className="quiet small" lang={lang === 'zh' ? 'en' : 'zh-CN'}>
        {lang === 'zh' ? row.name.en : row.name.zh}
      </span>
    </span>
  );
}

const Kind = ({ row }: { row: Party }) => <>{useSay().say(textOf(PARTY_KINDS, row.kind))}</>;

const COLUMNS: Column<Party>[] = [
  { key: 'name', title: t.name, sort: (row) => row.name.zh, render: (row) => <Name row={row} /> },
  { key: 'kind', title: t.kind, sort: (row) => row.kind, render: (row) => <Kind row={row} /> },
  { key: 'country', title: t.country, sort: (row) => row.country, render: (row) => <Country code={row.country} /> },
  { key: 'uscc', title: t.uscc, text: (row) => row.uscc ?? '', render: (row) => (row.uscc ? <code>{row.uscc}</code> : <Dash />) },
];

const FILTERS: Filter<Party>[] = [{ key: 'kind', title: t.kind, options: optionsOf(PARTY_KINDS), of: (row) => row.kind }];

export function PartiesPage() {
  const { say } = useSay();
  const query = useParties();
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/parties', data: query.data }}>
      <QueryTable
        name="parties"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.id, row.name.zh, row.name.en, row.uscc, row.lei].join(' ')}
        empty={<Empty title={t.empty} />}
      />
    </Page>
  );
}
