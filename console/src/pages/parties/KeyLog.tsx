// What happened to a party's keys, newest last.
import { useKeyChanges } from '../../api/queries';
import type { KeyChange } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { Ident } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import type { Tone } from '../../kit/Status';
import { Timeline, type Moment } from '../../kit/Timeline';
import { PartyName, PrincipalName } from '../names';
import { KEY_USES, textOf } from '../words';
import { t } from './keys.text';

const TONES: Readonly<Record<string, Tone>> = { 'key.confirmed': 'ok', 'key.retired': 'bad' };

export function KeyLog({ party }: { party: string }) {
  const { say } = useSay();
  return (
    <Block title={say(t.log)}>
      <Loaded query={useKeyChanges(party)} rows={3}>
        {(rows) => (rows.length ? <Timeline moments={rows.map(moment)} /> : <Empty title={t.logEmpty}>{t.logHint}</Empty>)}
      </Loaded>
    </Block>
  );
}

const moment = (of: KeyChange): Moment => ({ id: of.event_id, at: of.at, tone: TONES[of.type] ?? 'run', title: <Name of={of} />, meta: <Line of={of} /> });

const Name = ({ of }: { of: KeyChange }) => <>{useSay().say(of.name)}</>;

function Line({ of }: { of: KeyChange }) {
  const { say, label } = useSay();
  const may = useMay('evidence.read');
  return (
    <>
      {say(t.changeOf, { use: say(textOf(KEY_USES, of.use)), algorithm: of.algorithm })} · <Ident id={of.key_id} />
      {of.by_party && (
        <>
          {' · '}
          <PartyName id={of.by_party} />
        </>
      )}
      {of.by && (
        <>
          {' · '}
          <PrincipalName id={of.by} />
        </>
      )}
      {' · '}
      <Ident id={of.event_id} to={may ? `/evidence?query=${of.event_id}` : undefined} />
      {of.ground && (
        <div>
          {label(t.ground)}{of.ground}
        </div>
      )}
    </>
  );
}
