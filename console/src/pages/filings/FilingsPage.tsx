import { Link } from 'react-router';
import { useFilings } from '../../api/queries';
import type { Filing } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Num, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status, type Tone } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { PartyName } from '../names';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { optionsOf, ROUTES, wordOf } from '../words';
import { t } from './filings.text';

const TONES: Readonly<Record<string, Tone>> = {
  draft: 'mute', submitted: 'run', returned: 'warn', complete: 'run', forwarded: 'wait', issued: 'ok', declined: 'bad', withdrawn: 'mute',
}; // prettier-ignore

export const FilingState = ({ of }: { of: Filing }) => <Status tone={TONES[of.state] ?? 'run'} text={of.state_name} />;

function Title({ row }: { row: Filing }) {
  const { say } = useSay();
  return (
    <span className="two">
      <Link to={`/filings/${row.id}`}>{row.scenario_title ? say(row.scenario_title) : row.id}</Link>
      <span className="quiet small">{say(row.procedure_name)}</span>
    </span>
  );
}

const COLUMNS: Column<Filing>[] = [
  { key: 'title', title: shared.scenario, sort: (row) => row.scenario_title?.zh ?? row.id, render: (row) => <Title row={row} /> },
  { key: 'state', title: shared.state, sort: (row) => row.state, render: (row) => <FilingState of={row} /> },
  { key: 'route', title: t.route, sort: (row) => row.route, render: (row) => <Status {...wordOf(ROUTES, row.route)} /> },
  { key: 'exporter', title: shared.exporter, sort: (row) => row.owner_party, render: (row) => <PartyName id={row.owner_party} link={false} /> },
  { key: 'persons', title: shared.persons, align: 'end', sort: (row) => row.persons, render: (row) => <Num value={row.persons} /> },
  { key: 'changed', title: shared.changed, sort: (row) => row.changed_at, render: (row) => <When at={row.changed_at} seconds={false} /> },
];

const FILTERS: Filter<Filing>[] = [
  { key: 'route', title: t.route, options: optionsOf({ SCC_OR_CERT: ROUTES.SCC_OR_CERT!, SA: ROUTES.SA! }), of: (row) => row.route },
];

export function FilingsPage() {
  const { say } = useSay();
  const query = useFilings();
  if (!useMay('filing.read')) return <ForbiddenPage action="filing.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/filings', data: query.data }}>
      <QueryTable
        name="filings"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.id, row.scenario_title?.zh, row.scenario_title?.en, row.procedure_name.zh, row.procedure_name.en].join(' ')}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}
