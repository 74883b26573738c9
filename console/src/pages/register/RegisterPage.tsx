// The register: scenarios and flows of a handler.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { Link } from 'react-router';
import { useFlows, useScenarios } from '../../api/queries';
import type { Flow, Scenario } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Ident, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import { useAddress, type Column, type Filter } from '../../kit/useListState';
import { Country, PartyName } from '../names';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { CADENCES, DIRECTIONS, MODES, optionsOf, textOf } from '../words';
import { t } from './register.text';
import { Coded } from './ScenarioPage';

const SCENARIOS: Column<Scenario>[] = [
  { key: 'name', title: t.name, sort: (row) => row.title.zh, render: (row) => <Title row={row} /> },
  { key: 'exporter', title: shared.exporter, sort: (row) => row.owner_party, render: (row) => <PartyName id={row.owner_party} link={false} /> },
  { key: 'direction', title: shared.direction, sort: (row) => row.direction ?? '', render: (row) => <Word of={textOf(DIRECTIONS, row.direction ?? '')} /> },
  { key: 'country', title: shared.country, sort: (row) => row.country, render: (row) => <Country code={row.country} /> },
  { key: 'items', title: t.items, align: 'end', sort: (row) => row.items.length, render: (row) => row.items.length },
  { key: 'created', title: t.created, sort: (row) => row.created_at, render: (row) => <When at={row.created_at} seconds={false} /> },
];

const FLOWS: Column<Flow>[] = [
  { key: 'id', title: shared.id, text: (row) => row.id, render: (row) => <Ident id={row.id} to={`/register/${row.scenario_id}`} /> },
  { key: 'exporter', title: shared.exporter, sort: (row) => row.owner_party, render: (row) => <PartyName id={row.owner_party} link={false} /> },
  { key: 'recipient', title: shared.recipient, sort: (row) => row.recipient, render: (row) => <PartyName id={row.recipient} link={false} /> },
  { key: 'mode', title: shared.mode, sort: (row) => row.mode, render: (row) => <Word of={textOf(MODES, row.mode)} /> },
  { key: 'cadence', title: t.cadence, sort: (row) => row.cadence, render: (row) => <Word of={textOf(CADENCES, row.cadence)} /> },
  { key: 'created', title: t.created, sort: (row) => row.created_at, render: (row) => <When at={row.created_at} seconds={false} /> },
];

const BY_DIRECTION: Filter<Scenario>[] = [{ key: 'direction', title: shared.direction, options: optionsOf(DIRECTIONS), of: (row) => row.direction ?? '' }];
const BY_CADENCE: Filter<Flow>[] = [{ key: 'cadence', title: t.cadence, options: optionsOf(CADENCES), of: (row) => row.cadence }];

const Word = ({ of }: { of: { zh: string; en: string } }) => <>{useSay().say(of)}</>;

function Title({ row }: { row: Scenario }) {
  const { say } = useSay();
  return (
    <span className="two">
      <Link to={`/register/${row.id}`}>{say(row.title)}</Link>
      <span className="quiet small">
        <Coded fact="purpose" value={row.purpose} />
      </span>
      {row.outside && <Status tone="mute" text={t.outside} />}
    </span>
  );
}

export function RegisterPage() {
  const { say } = useSay();
  const [params, set] = useAddress();
  const [scenarios, flows] = [useScenarios(), useFlows()];
  const mayWrite = useMay('scenario.write');
  if (!useMay('scenario.read')) return <ForbiddenPage action="scenario.read" />;
  const tab = params.get('tab') ?? 'scenarios';
  const shown = tab === 'flows' ? flows : scenarios;
  const enter = (
    <Link to="/register/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {say(t.enter)}
      </Button>
    </Link>
  );
  return (
    <Page title={say(t.title)} lead={say(t.lead)} actions={mayWrite && enter} raw={shown.data && { path: `/api/v1/${tab}`, data: shown.data }}>
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(key) => set({ tab: key === 'scenarios' ? null : key, q: null, sort: null, direction: null, cadence: null })}
        items={[
          { key: 'scenarios', label: say(t.scenarios), children: <Scenarios query={scenarios} /> },
          { key: 'flows', label: say(t.flows), children: <Flows query={flows} /> },
        ]}
      />
    </Page>
  );
}

const Scenarios = ({ query }: { query: ReturnType<typeof useScenarios> }) => (
  <QueryTable
    name="scenarios"
    caption={t.scenarios}
    query={query}
    id={(row) => row.id}
    columns={SCENARIOS}
    filters={BY_DIRECTION}
    search={(row) => [row.id, row.title.zh, row.title.en, row.purpose, row.country].join(' ')}
    empty={<Empty title={t.emptyScenarios}>{t.emptyScenariosHint}</Empty>}
  />
);

const Flows = ({ query }: { query: ReturnType<typeof useFlows> }) => (
  <QueryTable
    name="flows"
    caption={t.flows}
    query={query}
    id={(row) => row.id}
    columns={FLOWS}
    filters={BY_CADENCE}
    search={(row) => [row.id, row.scenario_id, row.recipient].join(' ')}
    empty={<Empty title={t.emptyFlows}>{t.emptyFlowsHint}</Empty>}
  />
);
