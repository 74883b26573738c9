// One basis: what was issued and by whom, its scope, who entered and who checked it, the grants under it.
import { CheckOutlined, StopOutlined } from '@ant-design/icons';
import { useParams } from 'react-router';
import { post } from '../../api/client';
import { useAct, useBasis, useGrants } from '../../api/queries';
import type { Basis } from '../../api/types';
import { useMay, useSelf } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { GroundAct } from '../../kit/GroundAct';
import { Block, Page } from '../../kit/Page';
import { Dash, Ident, Num } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { Timeline, type Moment } from '../../kit/Timeline';
import { FieldTable } from '../FieldTable';
import { grantState } from '../grants/GrantsPage';
import { LooksBlock } from '../looks/Looks';
import { Country, PartyName, PrincipalName, ScenarioName } from '../names';
import { t as shared } from '../shared.text';
import { BASIS_STATES, GRANT_WORDS, wordOf } from '../words';
import { t } from './bases.text';

export function BasisPage() {
  const { id = '' } = useParams();
  return <Loaded query={useBasis(id)}>{(basis) => <Shown of={basis} />}</Loaded>;
}

function Shown({ of }: { of: Basis }) {
  const { say, label } = useSay();
  return (
    <Page
      title={`${say(of.kind_name)} ${of.number}`}
      crumbs={[{ text: t.title, to: '/bases' }]}
      lead={
        <>
          <Status {...wordOf(BASIS_STATES, of.state)} /> <Ident id={of.id} whole copy />
        </>
      }
      actions={<Actions of={of} />}
      raw={{ path: `/api/v1/bases/${of.id}`, data: of }}
    >
      {of.fictional && <Note tone="warn" title={say(t.fictionalNote)} />}
      {of.state === 'revoked' && (
        <Note tone="bad" title={say(t.revoked)}>
          <p>
            {label(shared.groundOf)}{of.revoked_ground}
          </p>
        </Note>
      )}
      <div className="columns">
        <div>
          <Block title={say(t.scope)}>
            <Detail
              lines={[
                [t.personsMax, <Num key="p" value={of.persons_max} />],
                [t.sensitiveMax, <Num key="s" value={of.sensitive_max} />],
                [shared.country, <Country key="c" code={of.country} />],
                [shared.recipient, <span key="r" className="two">{of.recipients.map((id) => <PartyName key={id} id={id} />)}</span>],
              ]}
            />
          </Block>
          <Block title={say(shared.fields)}>
            <FieldTable fields={of.fields} />
          </Block>
        </div>
        <div>
          <Document of={of} />
          <Block title={say(t.history)}>
            <History of={of} />
          </Block>
          <Under basis={of.id} />
          <LooksBlock thing={of.id} owner={of.owner_party} />
        </div>
      </div>
    </Page>
  );
}

function History({ of }: { of: Basis }) {
  const { say, label } = useSay();
  const entered: Moment = { id: 'entered', title: say(of.kind === 'exemption' ? t.recorded : t.entered), at: of.entered_at, meta: <PrincipalName id={of.entered_by} /> };
  const checked: Moment = of.checked_at
    ? { id: 'checked', title: say(t.checked), at: of.checked_at, tone: 'ok', meta: of.checked_by && <PrincipalName id={of.checked_by} />, body: `${label(t.method)}${of.check_method ?? ''}` }
    : { id: 'checked', title: say(t.checked), ahead: true };
  return <Timeline moments={of.kind === 'exemption' ? [entered] : [entered, checked]} />;
}

function Document({ of }: { of: Basis }) {
  const { say } = useSay();
  return (
    <Block title={say(t.stepWhat)}>
      <Detail
        wide
        lines={[
          [t.issuer, <Issuer key="i" of={of} />],
          [t.number, of.number],
          [t.validity, <span key="v" className="num">{say(t.to, { a: of.issued_on, b: of.valid_until })}</span>],
          [shared.exporter, <PartyName key="e" id={of.owner_party} />],
          [shared.scenario, <ScenarioName key="s" id={of.scenario_id} />],
          [shared.filing, of.filing_id ? <Ident key="f" id={of.filing_id} to={`/filings/${of.filing_id}`} /> : <Dash key="f" />],
          [t.proof, <Ident key="h" id={of.proof_sha256} copy />],
        ]}
      />
    </Block>
  );
}

/** A self-recorded exemption is issued by the exporter itself. */
export const Issuer = ({ of }: { of: Basis }) => (of.issuer.startsWith('pty_') ? <PartyName id={of.issuer} link={false} /> : <>{of.issuer}</>);

function Actions({ of }: { of: Basis }) {
  const { say } = useSay();
  const self = useSelf();
  const mayCheck = useMay('basis.check') && of.state === 'entered' && of.entered_by !== self.principal_id;
  const mayRevoke = useMay('basis.revoke') && of.state !== 'revoked';
  const touched = [['bases'], ['grants'], ['transfers']];
  const check = useAct((method: string) => post('/api/v1/bases/{basis_id}/check', { path: { basis_id: of.id }, body: { method } }), ...touched);
  const revoke = useAct((ground: string) => post('/api/v1/bases/{basis_id}/revoke', { path: { basis_id: of.id }, body: { ground } }), ...touched);
  return (
    <>
      {mayCheck && (
        <GroundAct label={t.check} title={t.checkTitle} icon={<CheckOutlined />} danger={false} field={t.method} help={t.methodHelp} consequence={say(t.checkConsequence)} act={check.mutateAsync} />
      )}
      {mayRevoke && <GroundAct label={t.revoke} title={t.revokeTitle} icon={<StopOutlined />} consequence={say(t.revokeConsequence)} act={revoke.mutateAsync} />}
    </>
  );
}

function Under({ basis }: { basis: string }) {
  const { say } = useSay();
  if (!useMay('grant.read')) return null;
  return (
    <Block title={say(t.grants)}>
      <GrantLines basis={basis} />
    </Block>
  );
}

function GrantLines({ basis }: { basis: string }) {
  const { say } = useSay();
  const query = useGrants();
  return (
    <Loaded query={query} rows={2}>
      {(all) => {
        const rows = all.filter((each) => each.basis_id === basis);
        if (rows.length === 0) return <p className="quiet">{say(t.noGrants)}</p>;
        return (
          <ul className="lines">
            {rows.map((row) => (
              <li key={row.id}>
                <Ident id={row.id} to={`/grants/${row.id}`} />
                <Status {...GRANT_WORDS[grantState(row)]} />
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}
