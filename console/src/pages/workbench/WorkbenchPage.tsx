// One screen: what waits for me, what is crossing, what was done. Each number leads to its list.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { log } from '../../api/unlisted';
import type { Transfer } from '../../api/types';
import { usePulse } from '../../app/live';
import { useSelf } from '../../app/Shell';
import { instant } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { useSettings } from '../../i18n/settings';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Num, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { Arrival } from '../transfers/TransfersPage';
import { TRANSFER_STATES, wordOf } from '../words';
import { useWork, type Todo } from './useWork';
import { t } from './workbench.text';

export function WorkbenchPage() {
  const { say } = useSay();
  const me = useSelf();
  const { zone } = useSettings();
  const pulse = usePulse();
  const work = useWork();
  const roles = me.roles.map((role) => say(role.name)).join(' · ');
  const running = (row: Transfer) => row.state === 'open' || row.state === 'held' || row.state === 'sealed' || row.state === 'released';
  return (
    <Page title={say(t.title)} lead={say(t.lead, { party: say(me.party.name), roles })}>
      <Block>
        <div className="tiles">
          {work.numbers.map((each) => (
            <Link key={each.to + each.text.en} to={each.to} className="tile">
              <b>{each.value}</b>
              <span className="quiet">{say(each.text)}</span>
            </Link>
          ))}
        </div>
        <p className="quiet small as-of">{say(t.asOf, { time: instant(new Date(pulse.at || Date.now()).toISOString(), zone) })}</p>
      </Block>
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

function TodoList({ todo }: { todo: readonly Todo[] }) {
  if (todo.length === 0) return <Empty title={t.nothing}>{t.nothingHint}</Empty>;
  return (
    <ul className="lines">
      {todo.map((each) => (
        <li key={each.id}>
          <Link to={each.to}>{each.text}</Link>
          <span className="quiet small">
            <When at={each.at} seconds={false} />
          </span>
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
  const head = useQuery({ queryKey: ['log'], queryFn: log, retry: false });
  return (
    <Block title={<Link to="/evidence">{say(t.log)}</Link>}>
      <Loaded query={head} rows={2}>
        {(now) => (
          <Detail
            wide
            lines={[
              [t.logSize, <Num key="s" value={now.size} />],
              [t.logAt, <When key="a" at={now.at} />],
              [t.witnesses, now.witnesses.map((witness) => witness.name).join(', ')],
            ]}
          />
        )}
      </Loaded>
    </Block>
  );
}
