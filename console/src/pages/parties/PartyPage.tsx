// One party and its keys; a fingerprint is confirmed by typing what was heard, never by one click.
import { PhoneOutlined, StopOutlined } from '@ant-design/icons';
import { useParams } from 'react-router';
import { post } from '../../api/client';
import { useAct, useKeys, useParties } from '../../api/queries';
import type { Party, PartyKey } from '../../api/types';
import { useMay, useSelf } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { GroundAct } from '../../kit/GroundAct';
import { Block, Page } from '../../kit/Page';
import { Dash, Ident, ReadOut, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { NotFoundPage } from '../trouble/TroublePages';
import { Country } from '../names';
import { KEY_USES, PARTY_KINDS, textOf } from '../words';
import { AddKey } from './AddKey';
import { KeyLog } from './KeyLog';
import { t as keysText } from './keys.text';
import { t } from './parties.text';

export function PartyPage() {
  const { id = '' } = useParams();
  const parties = useParties();
  return (
    <Loaded query={parties}>
      {(all) => {
        const party = all.find((each) => each.id === id);
        return party ? <Shown of={party} /> : <NotFoundPage />;
      }}
    </Loaded>
  );
}

function Shown({ of }: { of: Party }) {
  const { say } = useSay();
  const keys = useKeys(of.id);
  const own = useSelf().party.id === of.id;
  const mayAdd = useMay('key.write') && own && of.kind === 'recipient';
  return (
    <Page
      title={say(of.name)}
      crumbs={[{ text: t.title, to: '/parties' }]}
      lead={
        <>
          {say(textOf(PARTY_KINDS, of.kind))} <Ident id={of.id} whole copy />
        </>
      }
      actions={mayAdd && <AddKey party={of.id} />}
      raw={keys.data && { path: `/api/v1/parties/${of.id}/keys`, data: keys.data }}
    >
      <Block>
        <Detail
          lines={[
            [t.name, `${of.name.zh} / ${of.name.en}`],
            [t.country, <Country key="c" code={of.country} />],
            [t.uscc, of.uscc ? <code key="u">{of.uscc}</code> : <Dash key="u" />],
            [t.lei, of.lei ? <code key="l">{of.lei}</code> : <Dash key="l" />],
          ]}
        />
      </Block>
      <Loaded query={keys} rows={3}>
        {(rows) => (rows.length ? [...rows].sort((a, b) => Number(a.retired_at !== null) - Number(b.retired_at !== null)).map((key) => <Key key={key.id} of={key} />) : <Block title={say(t.keys)}><Empty title={t.noKeys}>{t.noKeysHint}</Empty></Block>)}
      </Loaded>
      <KeyLog party={of.id} />
    </Page>
  );
}

function Key({ of }: { of: PartyKey }) {
  const { say } = useSay();
  const may = useMay('key.confirm') && !of.confirmed_at && !of.retired_at;
  const confirm = useAct((fingerprint: string) => post('/api/v1/keys/{key_id}/confirm', { path: { key_id: of.id }, body: { fingerprint } }), ['keys']);
  const { party } = useSelf();
  const reaches = party.id === of.party_id || party.kind === 'centre' || party.kind === 'authority';
  const mayRevoke = useMay('key.retire') && reaches && !of.retired_at;
  const revoke = useAct((ground: string) => post('/api/v1/keys/{key_id}/retire', { path: { key_id: of.id }, body: { ground } }), ['keys'], ['grants'], ['transfers']);
  const state = of.retired_at ? <Status tone="mute" text={t.retired} /> : of.confirmed_at ? <Status tone="ok" text={t.confirmed} /> : <Status tone="warn" text={t.unconfirmed} />;
  return (
    <Block title={say(textOf(KEY_USES, of.use))} extra={state}>
      <Detail
        wide
        lines={[
          [t.fingerprint, <ReadOut key="f" text={of.fingerprint} />],
          [t.algorithm, of.algorithm],
          [t.registered, <When key="r" at={of.created_at} />],
          [t.confirmedAt, <When key="c" at={of.confirmed_at} />],
          of.retired_at !== null && [keysText.revokedAt, <When key="x" at={of.retired_at} />],
        ]}
      />
      <div className="step-buttons">
        {may && (
          <GroundAct label={t.confirm} title={t.confirmTitle} icon={<PhoneOutlined />} danger={false} field={t.heard} help={t.heardHelp} consequence={say(t.confirmConsequence)} act={confirm.mutateAsync} />
        )}
        {mayRevoke && <GroundAct label={keysText.revoke} title={keysText.revokeTitle} icon={<StopOutlined />} consequence={say(of.use === 'recipient' ? keysText.revokeConsequence : keysText.revokeSigning)} act={revoke.mutateAsync} />}
      </div>
    </Block>
  );
}
