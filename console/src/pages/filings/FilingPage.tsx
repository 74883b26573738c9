// One filing: tasks (materials and open steps), the determination with its reasons, the timeline.
import { Tabs } from 'antd';
import { Link, useParams } from 'react-router';
import { useFiling } from '../../api/queries';
import type { Determination, FilingDetail, Three } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Decision } from '../../kit/Decision';
import { Detail } from '../../kit/Detail';
import { t as kit } from '../../kit/kit.text';
import { LawRef } from '../../kit/Citations';
import { Block, Page } from '../../kit/Page';
import { Ident, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Timeline, type Moment } from '../../kit/Timeline';
import { useTab } from '../../kit/useListState';
import { LooksBlock } from '../looks/Looks';
import { PartyName, PrincipalName } from '../names';
import { t as shared } from '../shared.text';
import { FilingState } from './FilingsPage';
import { FilingTasks, limit, useBasisOf } from './FilingTasks';
import { t } from './filings.text';

export function FilingPage() {
  const { id = '' } = useParams();
  return <Loaded query={useFiling(id)}>{(filing) => <Shown of={filing} />}</Loaded>;
}

function Shown({ of }: { of: FilingDetail }) {
  const { say } = useSay();
  const [tab, choose] = useTab(['tasks', 'determination', 'timeline']);
  const basis = useBasisOf(of);
  const mayEnter = useMay('basis.enter') && of.state === 'issued' && !basis;
  const counts = of.counts as { persons?: Three; sensitive?: Three };
  return (
    <Page
      title={say(of.scenario_title) || of.id}
      crumbs={[{ text: t.title, to: '/filings' }]}
      lead={
        <>
          <FilingState of={of} /> <span>{say(of.procedure_name)}</span> <Ident id={of.id} whole copy />
        </>
      }
      actions={mayEnter && <Link to={`/bases/new?scenario=${of.scenario_id}&filing=${of.id}`}>{say(t.enterBasis)}</Link>}
      raw={{ path: `/api/v1/filings/${of.id}`, data: of }}
    >
      <Tabs
        activeKey={tab}
        onChange={choose}
        items={[
          { key: 'tasks', label: say(t.tabTasks), children: <Tasks of={of} /> },
          { key: 'determination', label: say(t.tabDecision), children: <Decision of={of.determination as unknown as Determination} counts={counts} /> },
          { key: 'timeline', label: say(t.tabTimeline), children: <Block><Past of={of} /></Block> },
        ]}
      />
    </Page>
  );
}

function Tasks({ of }: { of: FilingDetail }) {
  const { say } = useSay();
  return (
    <div className="columns">
      <Block>
        <FilingTasks of={of} />
      </Block>
      <div>
        <Block title={say(t.tell)}>
          <Detail
            wide
            lines={[
              [t.procedure, say(of.procedure_name)],
              [t.issuer, say(of.issuer)],
              [t.cite, <span key="c">{of.cite.map((ref) => <LawRef key={ref} of={ref} />)}</span>],
              [t.version, of.version],
              [shared.exporter, <PartyName key="e" id={of.owner_party} />],
              [shared.scenario, <Link key="s" to={`/register/${of.scenario_id}`}>{of.scenario_title ? say(of.scenario_title) : of.scenario_id}</Link>],
              [t.filed, <When key="f" at={of.filed_at} />],
              [t.digest, <Ident key="d" id={of.digest} copy />],
            ]}
          />
        </Block>
        <LooksBlock thing={of.id} owner={of.owner_party} />
      </div>
    </div>
  );
}

/** Steps made, then where it stands; with the working days that each stage used where the calendar tells. */
function Past({ of }: { of: FilingDetail }) {
  const { say } = useSay();
  const made: Moment[] = of.steps.map((step) => ({
    id: String(step.number),
    title: say(step.name),
    at: step.at,
    tone: step.to_state === 'declined' ? 'bad' : step.to_state === 'returned' ? 'warn' : 'ok',
    meta: (
      <>
        {say(step.to_name)} · <PrincipalName id={step.by} />
        {step.working_days != null && ` · ${say(kit.used, { n: step.working_days })}`}
      </>
    ),
    body: step.note,
  }));
  const ahead: Moment[] = of.open_steps.filter((step) => step.working_days).map((step) => ({
    id: step.id,
    title: say(step.name),
    ahead: true,
    meta: limit(step, say),
  }));
  return <Timeline moments={[{ id: 'opened', title: say(t.opened), at: of.filed_at }, ...made, ...ahead]} />;
}
