// The newest events of the edge's own evidence chain.
import { useChain } from '../../api/queries';
import { useSay } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { Num, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { t } from './ledger.text';

const SHOWN = 12;

export function Chain() {
  const { say } = useSay();
  const query = useChain();
  return (
    <Block title={say(t.chain)}>
      <p className="quiet small">{say(t.chainNote)}</p>
      <Loaded query={query} rows={3}>
        {(rows) => (
          <ul className="lines">
            {rows.slice(0, SHOWN).map((row) => (
              <li key={row.event_id}>
                <span>
                  <span className="quiet num">#{row.seq}</span> {say(row.name)}
                  {typeof row.data.persons === 'number' && <> · <Num value={row.data.persons} /></>}
                </span>
                <span className="quiet small"><When at={row.at} /></span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Block>
  );
}
