// Reminders that were made, and what was determined anew when a text took effect.
import { Button } from 'antd';
import { Link } from 'react-router';
import { post } from '../../api/client';
import { useAct, useRedetermined, useReminders } from '../../api/queries';
import { useSay } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { Ident } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { ROUTES, wordOf } from '../words';
import { t } from './calendar.text';

export function Reminders() {
  const { say } = useSay();
  const query = useReminders();
  const seen = useAct(() => post('/api/v1/reminders/seen'), ['reminders']);
  const fresh = (query.data ?? []).some((row) => !row.seen_at);
  return (
    <Block id="reminders" title={say(t.reminders)} extra={fresh && <Button size="small" loading={seen.isPending} onClick={() => seen.mutate(undefined)}>{say(t.seen)}</Button>}>
      <Loaded query={query} rows={2}>
        {(rows) =>
          rows.length === 0 ? <p className="quiet">{say(t.noReminders)}</p> : (
            <ul className="lines">
              {rows.slice(0, 12).map((row) => (
                <li key={`${row.clock_id}-${row.stage}`}>
                  <span className="two">
                    <Link to={row.path}>{say(row.title)}</Link>
                    <span className="quiet small num">{row.day}</span>
                  </span>
                  {!row.seen_at && <Status tone="run" text={t.unseen} />}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Block>
  );
}

export function LawChanges() {
  const { say } = useSay();
  const query = useRedetermined();
  return (
    <Block id="law" title={say(t.law)}>
      <Loaded query={query} rows={2}>
        {(rows) =>
          rows.length === 0 ? <p className="quiet">{say(t.noLaw)}</p> : (
            <ul className="lines">
              {rows.slice(0, 12).map((row) => (
                <li key={`${row.day}-${row.ref}`}>
                  <span className="two">
                    <Ident id={row.ref} to={`/${row.kind === 'grant' ? 'grants' : 'filings'}/${row.ref}`} />
                    <span className="quiet small num">{row.day}</span>
                  </span>
                  <span className="two">
                    <Status {...wordOf(ROUTES, row.after_route)} />
                    <span className="quiet small">{row.changed ? `${say(wordOf(ROUTES, row.before_route).text)} →` : say(t.same)}</span>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Block>
  );
}
