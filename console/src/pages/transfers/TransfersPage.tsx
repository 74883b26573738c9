import { Link } from 'react-router';
import { useTransfers } from '../../api/queries';
import type { Transfer } from '../../api/types';
import { useMay } from '../../app/Shell';
import { bytes } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Meter } from '../../kit/Meter';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Num, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { optionsOf, TRANSFER_STATES, wordOf } from '../words';
import { t } from './transfers.text';

const FILTERS: Filter<Transfer>[] = [
  { key: 'state', title: shared.state, options: optionsOf(TRANSFER_STATES), of: (row) => row.state },
];

/** Bytes that arrived. The port learns the whole size with the manifest: until then nobody knows how much is still to come. */
export function Arrival({ of }: { of: Transfer }) {
  const { say } = useSay();
  const done = !['open', 'held', 'cut'].includes(of.state);
  const total = Math.max(of.expected_bytes ?? 0, of.size_bytes, of.arrived_bytes);
  const shown = bytes(done ? of.size_bytes : of.arrived_bytes);
  return <Meter label={say(t.arrived)} value={done ? 1 : of.arrived_bytes} max={done ? 1 : total} shown={shown} done={done} endless={of.state === 'open'} />;
}

const COLUMNS: Column<Transfer>[] = [
  { key: 'title', title: t.name, sort: (row) => row.title, render: (row) => <Title row={row} /> },
  { key: 'state', title: shared.state, sort: (row) => row.state, render: (row) => <Status {...wordOf(TRANSFER_STATES, row.state)} /> },
  { key: 'progress', title: t.progress, sort: (row) => row.arrived_bytes, render: (row) => <Arrival of={row} /> },
  { key: 'persons', title: shared.persons, align: 'end', sort: (row) => row.persons, render: (row) => <Num value={row.persons} /> },
  { key: 'exporter', title: shared.exporter, sort: (row) => row.exporter_name?.zh ?? row.owner_party, render: (row) => <Name of={row.exporter_name ?? null} id={row.owner_party} /> },
  { key: 'recipient', title: shared.recipient, sort: (row) => row.recipient_name?.zh ?? row.recipient, render: (row) => <Name of={row.recipient_name ?? null} id={row.recipient} /> },
  { key: 'opened', title: shared.opened, sort: (row) => row.opened_at, render: (row) => <When at={row.opened_at} seconds={false} /> },
];

function Title({ row }: { row: Transfer }) {
  const { say } = useSay();
  return (
    <span className="two">
      <Link to={`/transfers/${row.id}`}>{row.title}</Link>
      <span className="quiet small">{say(row.scenario_title)}</span>
    </span>
  );
}

function Name({ of, id }: { of: Transfer['exporter_name'] | null; id: string }) {
  const { say } = useSay();
  return <>{of ? say(of) : id}</>;
}

const search = (row: Transfer) => [row.title, row.id, row.exporter_name?.zh, row.exporter_name?.en, row.recipient_name?.zh, row.recipient_name?.en, row.manifest_sha256].join(' ');

export function TransfersPage() {
  const { say } = useSay();
  const query = useTransfers();
  if (!useMay('transfer.read')) return <ForbiddenPage action="transfer.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/transfers', data: query.data }}>
      <QueryTable
        name="transfers"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={search}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}
