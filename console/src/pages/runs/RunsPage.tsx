// What this edge sends and has sent.
import { Link } from 'react-router';
import { useRuns, type Run } from '../../api/edge';
import { useMay } from '../../app/Shell';
import { bytes } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Meter } from '../../kit/Meter';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Ident, Num, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status, type Tone } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './runs.text';

const TONES: Readonly<Record<Run['state'], Tone>> = { running: 'run', held: 'warn', sealed: 'ok', cut: 'bad', failed: 'bad' };

export const RunStatus = ({ of }: { of: Run }) => (of.waits_for ? <Status tone="warn" text={t.waiting} /> : <Status tone={TONES[of.state]} text={of.state_name} />);

/** How much the port has promised to have; what is sealed is there whole. */
export function Confirmed({ of }: { of: Run }) {
  const { say } = useSay();
  const done = of.state === 'sealed';
  const shown = bytes(done ? of.cipher_bytes : of.confirmed_bytes);
  return <Meter label={say(t.confirmed)} value={done ? 1 : of.confirmed_bytes} max={done ? 1 : of.total_bytes} shown={shown} done={done} endless={of.state === 'running' && !of.total_bytes} />;
}

const Name = ({ row }: { row: Run }) => (
  <span className="two">
    <Link to={`/runs/${row.id}`}>{row.name}</Link>
    <Ident id={row.id} />
  </span>
);

const COLUMNS: Column<Run>[] = [
  { key: 'name', title: t.file, sort: (row) => row.name, render: (row) => <Name row={row} /> },
  { key: 'state', title: t.state, sort: (row) => row.state, render: (row) => <RunStatus of={row} /> },
  { key: 'confirmed', title: t.confirmed, sort: (row) => row.confirmed_bytes, render: (row) => <Confirmed of={row} /> },
  { key: 'rows', title: t.rows, align: 'end', sort: (row) => row.rows, render: (row) => <Num value={row.rows} /> },
  { key: 'started', title: t.started, sort: (row) => row.started_at, render: (row) => <When at={row.started_at} seconds={false} /> },
];

export function RunsPage() {
  const { say } = useSay();
  const query = useRuns();
  if (!useMay('edge.read')) return <ForbiddenPage action="edge.read" />;
  const states = new Map((query.data ?? []).map((row) => [row.state, row.state_name]));
  const filters: Filter<Run>[] = [{ key: 'state', title: t.state, options: [...states].map(([value, text]) => ({ value, text })), of: (row) => row.state }];
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/runs', data: query.data }}>
      <QueryTable
        name="runs"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={filters}
        search={(row) => [row.id, row.name, row.transfer_id, row.grant_id].join(' ')}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}
