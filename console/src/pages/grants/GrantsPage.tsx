import { useGrants } from '../../api/queries';
import type { Grant } from '../../api/types';
import { useMay } from '../../app/Shell';
import { bytes, number } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Ident, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { PartyName } from '../names';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { GRANT_WORDS, optionsOf } from '../words';
import { t } from './grants.text';

/** Where a grant stands now. */
export function grantState(of: Grant, now = Date.now()): keyof typeof GRANT_WORDS {
  if (of.revoked_at) return 'revoked';
  return new Date(of.not_after).getTime() <= now ? 'expired' : 'live';
}

const Used = ({ used, max }: { used: string; max: string }) => <span className="num">{useSay().say(shared.used, { used, max })}</span>;

const COLUMNS: Column<Grant>[] = [
  { key: 'id', title: shared.id, text: (row) => row.id, render: (row) => <Ident id={row.id} to={`/grants/${row.id}`} /> },
  { key: 'state', title: shared.state, sort: (row) => grantState(row), render: (row) => <Status {...GRANT_WORDS[grantState(row)]} /> },
  { key: 'exporter', title: shared.exporter, sort: (row) => row.exporter, render: (row) => <PartyName id={row.exporter} link={false} /> },
  { key: 'recipient', title: shared.recipient, sort: (row) => row.recipient, render: (row) => <PartyName id={row.recipient} link={false} /> },
  { key: 'persons', title: shared.persons, sort: (row) => row.used.persons, render: (row) => <Used used={number(row.used.persons)} max={number(row.persons_max)} /> },
  { key: 'bytes', title: shared.size, sort: (row) => row.used.size_bytes, render: (row) => <Used used={bytes(row.used.size_bytes)} max={bytes(row.bytes_max)} /> },
  { key: 'until', title: t.window, sort: (row) => row.not_after, render: (row) => <When at={row.not_after} seconds={false} /> },
];

const FILTERS: Filter<Grant>[] = [{ key: 'state', title: shared.state, options: optionsOf(GRANT_WORDS), of: (row) => grantState(row) }];

export function GrantsPage() {
  const { say } = useSay();
  const query = useGrants();
  if (!useMay('grant.read')) return <ForbiddenPage action="grant.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/grants', data: query.data }}>
      <QueryTable
        name="grants"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.id, row.exporter, row.recipient, row.basis_id, row.flow_id].join(' ')}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}
