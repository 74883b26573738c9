// What crossed without the port, loud until the authority has noted it.
import { post } from '../../api/client';
import { useAct, useBreakGlass } from '../../api/queries';
import type { BreakGlass } from '../../api/types';
import { useMay } from '../../app/Shell';
import { bytes, number } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { GroundAct } from '../../kit/GroundAct';
import { Block, Page } from '../../kit/Page';
import { Ident, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { PartyName } from '../names';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './breakglass.text';

export function BreakGlassPage() {
  const { say } = useSay();
  const query = useBreakGlass();
  if (!useMay('breakglass.read')) return <ForbiddenPage action="breakglass.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/breakglass', data: query.data }}>
      <Loaded query={query} rows={3}>
        {(rows) => (rows.length === 0 ? <Empty title={t.none}>{t.noneHint}</Empty> : rows.map((row) => <One key={row.id} of={row} />))}
      </Loaded>
    </Page>
  );
}

function One({ of }: { of: BreakGlass }) {
  const { say } = useSay();
  const may = useMay('breakglass.note');
  const note = useAct((text: string) => post('/api/v1/breakglass/{breakglass_id}/note', { path: { breakglass_id: of.id }, body: { note: text } }), ['breakglass']);
  const state = of.noted_at ? <Status tone="ok" text={t.noted} /> : <Status tone="bad" text={t.waiting} />;
  return (
    <Block
      title={of.ground}
      extra={
        !of.noted_at && may ? (
          <GroundAct label={t.note} title={t.noteTitle} field={t.noteField} help={t.noteHelp} danger={false} consequence={say(t.noteWhat)} act={note.mutateAsync} />
        ) : (
          state
        )
      }
    >
      <Detail
        lines={[
          [t.exporter, <PartyName key="p" id={of.owner_party} />],
          [t.two, say(t.twoOf, { a: of.asked_by, b: of.confirmed_by })],
          [t.what, say(t.whatOf, { n: number(of.persons), bytes: bytes(of.size_bytes) })],
          [t.at, <When key="a" at={of.at} />],
          [t.reported, <When key="r" at={of.reported_at} />],
          [t.grant, <Ident key="g" id={of.grant_id} to={`/grants/${of.grant_id}`} />],
          [t.transfer, <Ident key="t" id={of.transfer_id} to={`/transfers/${of.transfer_id}`} />],
          of.note ? [t.noted, of.note] : null,
        ]}
      />
    </Block>
  );
}
