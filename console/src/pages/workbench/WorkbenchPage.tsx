// One screen: what waits for me, what is crossing, what was done. Each number leads to its list.
import { Link } from 'react-router';
import { useLog } from '../../api/queries';
import type { Transfer, Workbench } from '../../api/types';
import { MENU, shownTo } from '../../app/menu';
import { useSelf } from '../../app/Shell';
import { instant, number } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { useSettings } from '../../i18n/settings';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Dash, Num, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { witnesses } from '../evidence/checkpoint';
import { Arrival } from '../transfers/TransfersPage';
import { TRANSFER_STATES, wordOf } from '../words';
import { useWork, type Todo } from './useWork';
import { t } from './workbench.text';

export function WorkbenchPage() {
  const { say } = useSay();
  const me = useSelf();
  const { zone } = useSettings();
  const work = useWork();
  const roles = me.roles.map((role) => say(role.name)).join(' · ');
  const running = (row: Transfer) => row.state === 'open' || row.state === 'held' || row.state === 'sealed' || row.state === 'released';
  return (
    <Page title={say(t.title)} lead={say(t.lead, { party: say(me.party.name), roles })}>
      {me.actions.includes('transfer.read') && (
        <Block>
          <Loaded query={work.numbers} rows={2}>
            {(bench) => <Tiles of={bench} />}
          </Loaded>
          <p className="quiet small as-of">{say(t.asOf, { time: instant(new Date(work.numbers.dataUpdatedAt || Date.now()).toISOString(), zone) })}</p>
        </Block>
      )}
      <div className="columns">
        <div>
          <Block title={say(t.todo)}>
            <TodoList todo={work.todo} />
          </Block>
          {me.actions.includes('transfer.read') && (
            <Block title={say(t.running)}>
              <Loaded query={work.transfers} rows={3}>
                {(rows) => <Running rows={rows.filter(running)} />}
              </Loaded>
            </Block>
          )}
        </div>
        <div>
          {me.actions.includes('transfer.read') && (
            <Block title={say(t.done)}>
              <Loaded query={work.transfers} rows={3}>
                {(rows) => <Done rows={rows.filter((row) => !running(row)).slice(0, 6)} />}
              </Loaded>
            </Block>
          )}
          <LogBlock />
        </div>
      </div>
    </Page>
  );
}

function Tiles({ of }: { of: Workbench }) {
  const { say } = useSay();
  const { actions } = useSelf();
  const open = new Set(MENU.flatMap((group) => group.places).filter((place) => shownTo(place, actions)).map((place) => place.path));
  const shown = of.numbers.filter((each) => open.has(each.path.split('?')[0] ?? '')); // a number without its list says nothing
  return (
    <div className="tiles">
      {shown.map((each) => (
        <Link key={each.id} to={each.path} className="tile">
          <b>{number(each.value)}</b>
          <span className="quiet">{say(each.name)}</span>
        </Link>
      ))}
    </div>
  );
}

function TodoList({ todo }: { todo: readonly Todo[] }) {
  if (todo.length === 0) return <Empty title={t.nothing}>{t.nothingHint}</Empty>;
  return (
    <ul className="lines">
      {todo.map((each) => (
        <li key={each.id}>
          {each.loud ? <span className="loud"><Status tone="bad" text={t.urgent} /> <Link to={each.to}>{each.text}</Link></span> : <Link to={each.to}>{each.text}</Link>}
          <span className="quiet small">{each.at ? <When at={each.at} seconds={false} /> : number(each.count ?? 1)}</span>
        </li>
      ))}
    </ul>
  );
}

function Running({ rows }: { rows: readonly Transfer[] }) {
  const { say } = useSay();
  if (rows.length === 0) return <p className="quiet">{say(t.noneRunning)}</p>;
  return (
    <ul className="lines">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="stack-tight">
            <div className="between">
              <Link to={`/transfers/${row.id}`}>{row.title}</Link>
              <Status {...wordOf(TRANSFER_STATES, row.state)} />
            </div>
            <Arrival of={row} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Done({ rows }: { rows: readonly Transfer[] }) {
  const { say } = useSay();
  if (rows.length === 0) return <p className="quiet">{say(t.noneDone)}</p>;
  return (
    <ul className="lines">
      {rows.map((row) => (
        <li key={row.id}>
          <span className="two">
            <Link to={`/transfers/${row.id}`}>{row.title}</Link>
            <span className="quiet small">
              <When at={row.changed_at} seconds={false} />
            </span>
          </span>
          <Status {...wordOf(TRANSFER_STATES, row.state)} />
        </li>
      ))}
    </ul>
  );
}

function LogBlock() {
  const { say } = useSay();
  const head = useLog();
  return (
    <Block title={<Link to="/evidence">{say(t.log)}</Link>}>
      <Loaded query={head} rows={2}>
        {(now) => (
          <Detail
            wide
            lines={[
              [t.logSize, <Num key="s" value={now.size} />],
              [t.logAt, <When key="a" at={witnesses(now.checkpoint ?? null)[0]?.at} />],
              [t.witnesses, witnesses(now.checkpoint ?? null).map((witness) => witness.name).join(', ') || <Dash key="w" />],
              ...(now.twin ? [[t.twin, say(t.twinSize, { origin: now.twin.origin, n: now.twin.size.toLocaleString('en') })] as const] : []),
            ]}
          />
        )}
      </Loaded>
    </Block>
  );
}
