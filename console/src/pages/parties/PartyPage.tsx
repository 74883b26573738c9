// One party and its keys; a fingerprint is confirmed by typing what was heard, never by one click.
import { PhoneOutlined } from '@ant-design/icons';
import { useParams } from 'react-router';
import { post } from '../../api/client';
import { useAct, useKeys, useParties } from '../../api/queries';
import type { Party, PartyKey } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { GroundAct } from '../../kit/GroundAct';
import { Block, Page } from '../../kit/Page';
import { Dash, Fingerprint, Ident, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { NotFoundPage } from '../trouble/TroublePages';
import { KEY_USES, PARTY_KINDS, textOf } from '../words';
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
  return (
    <Page
      title={say(of.name)}
      crumbs={[{ text: t.title, to: '/parties' }]}
      lead={
        <>
          {say(textOf(PARTY_KINDS, of.kind))} <Ident id={of.id} whole copy />
        </>
      }
      raw={keys.data && { path: `/api/v1/parties/${of.id}/keys`, data: keys.data }}
    >
      <Block>
        <Detail
          lines={[
            [t.name, `${of.name.zh} / ${of.name.en}`],
            [t.country, of.country],
            [t.uscc, of.uscc ? <code key="u">{of.uscc}</code> : <Dash key="u" />],
            [t.lei, of.lei ? <code key="l">{of.lei}</code> : <Dash key="l" />],
          ]}
        />
      </Block>
      <Loaded query={keys} rows={3}>
        {(rows) => (rows.length ? rows.map((key) => <Key key={key.id} of={key} />) : <Block title={say(t.keys)}><Empty title={t.noKeys}>{t.noKeysHint}</Empty></Block>)}
      </Loaded>
    </Page>
  );
}

function Key({ of }: { of: PartyKey }) {
  const { say } = useSay();
  const may = useMay('key.confirm') && !of.confirmed_at && !of.retired_at;
  const confirm = useAct((fingerprint: string) => post('/api/v1/keys/{key_id}/confirm', { path: { key_id: of.id }, body: { fingerprint } }), ['keys']);
  const state = of.retired_at ? <Status tone="mute" text={t.retired} /> : of.confirmed_at ? <Status tone="ok" text={t.confirmed} /> : <Status tone="warn" text={t.unconfirmed} />;
  return (
    <Block title={say(textOf(KEY_USES, of.use))} extra={state}>
      <Detail
        wide
        lines={[
          [t.fingerprint, <Fingerprint key="f" text={of.fingerprint} />],
          [t.algorithm, of.algorithm],
          [t.registered, <When key="r" at={of.created_at} />],
          [t.confirmedAt, <When key="c" at={of.confirmed_at} />],
        ]}
      />
      {may && (
        <GroundAct label={t.confirm} title={t.confirmTitle} icon={<PhoneOutlined />} danger={false} field={t.heard} help={t.heardHelp} consequence={say(t.confirmConsequence)} act={confirm.mutateAsync} />
      )}
    </Block>
  );
}
