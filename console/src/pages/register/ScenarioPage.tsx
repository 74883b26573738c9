// One scenario: purpose and ground, its items with why each is needed, its flows.
import { useParams } from 'react-router';
import { useFlows, useRulebook, useScenario } from '../../api/queries';
import type { Scenario } from '../../api/types';
import { useMay, useSelf } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Plain } from '../../kit/DecisionTrace';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Ident, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { LooksBlock } from '../looks/Looks';
import { Country, PartyName, TypeName } from '../names';
import { t as shared } from '../shared.text';
import { CADENCES, DIRECTIONS, MODES, ORIGINS, textOf, TIERS } from '../words';
import { AddFlow } from './AddFlow';
import { t } from './register.text';

export function ScenarioPage() {
  const { id = '' } = useParams();
  return <Loaded query={useScenario(id)}>{(scenario) => <Shown of={scenario} />}</Loaded>;
}

function Shown({ of }: { of: Scenario }) {
  const { say } = useSay();
  const self = useSelf();
  const mayWrite = useMay('scenario.write') && self.party.id === of.owner_party && !of.outside;
  return (
    <Page
      title={say(of.title)}
      crumbs={[{ text: t.title, to: '/register' }]}
      lead={<Ident id={of.id} whole copy />}
      raw={{ path: `/api/v1/scenarios/${of.id}`, data: of }}
    >
      <Block title={say(t.about)}>
        <Detail
          lines={[
            [shared.exporter, <PartyName key="e" id={of.owner_party} />],
            [t.purpose, <Coded key="p" fact="purpose" value={of.purpose} />],
            [t.ground, <Coded key="g" fact="ground" value={of.ground} />],
            [t.sector, <Coded key="s" fact="sector" value={of.sector} />],
            [shared.direction, `${say(textOf(DIRECTIONS, of.direction ?? ''))} · ${say(textOf(ORIGINS, of.origin ?? ''))}`],
            [shared.country, <Country key="c" code={of.country} />],
            [shared.recipient, <span key="r" className="two">{of.recipients.map((id) => <PartyName key={id} id={id} />)}</span>],
            [t.retention, say(t.days, { n: of.retention_days })],
            [t.tier, say(textOf(TIERS, of.tier ?? ''))],
            [t.created, <When key="c" at={of.created_at} />],
          ]}
        />
      </Block>
      <Block title={say(t.items)}>
        <Plain heads={[say(t.itemName), say(t.itemType), say(t.itemNeed)]}>
          {of.items.map((item) => [item.name, <code key="n">{item.name}</code>, <TypeName key="t" id={item.type} />, say(item.need)])}
        </Plain>
      </Block>
      <Block title={say(t.flows)} extra={mayWrite && <AddFlow to={of} />}>
        <FlowLines scenario={of.id} />
      </Block>
      <LooksBlock thing={of.id} owner={of.owner_party} />
    </Page>
  );
}

/** A value by the name that the rulebook gives it; free words stand as they are. */
export function Coded({ fact, value }: { fact: string; value: string }) {
  const { say } = useSay();
  const names = useRulebook().data?.facts.find((each) => each.id === fact)?.values;
  return <>{say(names?.[value]) || value}</>;
}

function FlowLines({ scenario }: { scenario: string }) {
  const { say } = useSay();
  return (
    <Loaded query={useFlows()} rows={2}>
      {(all) => {
        const rows = all.filter((flow) => flow.scenario_id === scenario);
        if (rows.length === 0) return <Empty title={t.emptyFlows}>{t.emptyFlowsHint}</Empty>;
        return (
          <Plain heads={[say(shared.id), say(shared.recipient), say(shared.mode), say(t.cadence), say(t.key)]}>
            {rows.map((flow) => [
              flow.id,
              <Ident key="i" id={flow.id} copy />,
              <PartyName key="r" id={flow.recipient} />,
              say(textOf(MODES, flow.mode)),
              say(textOf(CADENCES, flow.cadence)),
              <span key="k" className="two">{[flow.recipient_key_id, ...flow.also_key_ids].map((id) => <Ident key={id} id={id} />)}</span>,
            ])}
          </Plain>
        );
      }}
    </Loaded>
  );
}
