import { StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { post } from '../../api/client';
import { useAct, useGrant, useKeys, useTransfers } from '../../api/queries';
import type { Grant } from '../../api/types';
import { useMay } from '../../app/Shell';
import { bytes, number } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { GroundAct } from '../../kit/GroundAct';
import { Meter } from '../../kit/Meter';
import { Block, Page } from '../../kit/Page';
import { save } from '../../kit/save';
import { Fingerprint, Ident, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { FieldTable } from '../FieldTable';
import { LooksBlock } from '../looks/Looks';
import { BasisName, Country, PartyName, usePartyName } from '../names';
import { t as shared } from '../shared.text';
import { t as transfersText } from '../transfers/transfers.text';
import { GRANT_WORDS, MODES, textOf, TRANSFER_STATES, wordOf } from '../words';
import { grantState } from './GrantsPage';
import { t } from './grants.text';

export function GrantPage() {
  const { id = '' } = useParams();
  return <Loaded query={useGrant(id)}>{(grant) => <Shown of={grant} />}</Loaded>;
}

function Shown({ of }: { of: Grant }) {
  const { say, label } = useSay();
  const nameOf = usePartyName();
  const may = useMay('grant.revoke');
  const revoke = useAct((ground: string) => post('/api/v1/grants/{grant_id}/revoke', { path: { grant_id: of.id }, body: { ground } }), ['grants'], ['transfers']);
  const live = grantState(of) === 'live';
  return (
    <Page
      title={say(t.titleOne, { to: nameOf(of.recipient) })}
      crumbs={[{ text: t.title, to: '/grants' }]}
      lead={
        <>
          <Status {...GRANT_WORDS[grantState(of)]} /> <Ident id={of.id} whole copy />
        </>
      }
      actions={
        <>
          <Button onClick={() => save(`${of.id}.json`, JSON.stringify(of.signed), 'application/json')}>{say(t.signed)}</Button>
          {may && live && <GroundAct label={t.revoke} title={t.revokeTitle} icon={<StopOutlined />} consequence={say(t.revokeConsequence)} act={revoke.mutateAsync} />}
        </>
      }
      raw={{ path: `/api/v1/grants/${of.id}`, data: of }}
    >
      {of.revoked_at && (
        <Note tone="bad" title={say(t.revoked)}>
          <p>
            {label(shared.groundOf)}{of.revoked_ground} · <When at={of.revoked_at} />
          </p>
        </Note>
      )}
      <div className="columns">
        <div>
          <Use of={of} />
          <Block title={say(shared.fields)}>
            <FieldTable fields={of.fields} />
          </Block>
        </div>
        <div>
          <Terms of={of} />
          <Under grant={of.id} />
          <LooksBlock thing={of.id} owner={of.exporter} />
        </div>
      </div>
    </Page>
  );
}

function Use({ of }: { of: Grant }) {
  const { say } = useSay();
  const used = (a: string, b: string) => say(shared.used, { used: a, max: b });
  return (
    <Block title={say(t.use)}>
      <div className="stack">
        <Meter limit label={say(shared.persons)} value={of.used.persons} max={of.persons_max} shown={used(number(of.used.persons), number(of.persons_max))} />
        <Meter limit label={say(shared.sensitive)} value={of.used.sensitive} max={of.sensitive_max} shown={used(number(of.used.sensitive), number(of.sensitive_max))} />
        <Meter limit label={say(shared.size)} value={of.used.size_bytes} max={of.bytes_max} shown={used(bytes(of.used.size_bytes), bytes(of.bytes_max))} />
        <p className="quiet small">{say(t.useNote)}</p>
      </div>
    </Block>
  );
}

function Terms({ of }: { of: Grant }) {
  const { say } = useSay();
  return (
    <Block title={say(t.terms)}>
      <Detail
        wide
        lines={[
          [shared.exporter, <PartyName key="e" id={of.exporter} />],
          [shared.recipient, <PartyName key="r" id={of.recipient} />],
          [shared.country, <Country key="c" code={of.country} />],
          [shared.basis, <BasisName key="b" id={of.basis_id} />],
          [shared.flow, <Ident key="f" id={of.flow_id} to={`/register?tab=flows&q=${of.flow_id}`} />],
          [shared.mode, say(textOf(MODES, of.mode))],
          [t.window, <span key="w" className="two"><When at={of.not_before} /><When at={of.not_after} /></span>],
          [t.issued, <When key="i" at={of.issued_at} />],
          [t.key, <PinnedKey key="k" of={of} id={of.recipient_key_id} />],
          of.also_key_ids.length > 0 && [
            t.furtherKeys,
            <span key="a" className="two">{of.also_key_ids.map((id) => <PinnedKey key={id} of={of} id={id} />)}</span>,
          ],
        ]}
      />
    </Block>
  );
}

function PinnedKey({ of, id }: { of: Grant; id: string }) {
  const key = useKeys(of.recipient).data?.find((each) => each.id === id);
  return key ? <Fingerprint text={key.fingerprint} /> : <Ident id={id} />;
}

function Under({ grant }: { grant: string }) {
  const { say } = useSay();
  const query = useTransfers();
  return (
    <Block title={say(t.transfers)}>
      <Loaded query={query} rows={2}>
        {(all) => {
          const rows = all.filter((each) => each.grant_id === grant);
          if (rows.length === 0) return <Empty title={transfersText.empty} />;
          return (
            <ul className="lines">
              {rows.map((row) => (
                <li key={row.id}>
                  <Link to={`/transfers/${row.id}`}>{row.title}</Link>
                  <Status {...wordOf(TRANSFER_STATES, row.state)} />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Block>
  );
}
