// Make everything, see the versions and what differs between them, and hand the papers to a filing.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { ask, makeFile } from '../../api/client';
import type { Dossier } from '../../api/dossiers';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { save } from '../../kit/save';
import { When } from '../../kit/Show';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { t } from './dossiers.text';
import { Rows } from './Outside';

interface Change {
  readonly name: string;
  readonly before: Text | null;
  readonly after: Text | null;
}

export function Versions({ of }: { of: Dossier }) {
  const { say } = useSay();
  const mayWrite = useMay('dossier.write');
  const make = useAct(() => makeFile(`/api/v1/dossiers/${of.id}/versions`), ['dossiers']);
  const compare = useAct((n: number) =>
    ask<Change[]>('get', '/api/v1/dossiers/{id}/diff', { path: { id: of.id }, query: { before: String(n - 1), after: String(n) } }),
  );
  const number = of.versions.length + 1;
  return (
    <div className="columns">
      <Block>
        <p>{say(t.makeHint)}</p>
        <Button
          type="primary"
          icon={<DownloadOutlined />}
          disabled={!mayWrite}
          loading={make.isPending}
          onClick={() => make.mutate(undefined, { onSuccess: (content) => save(`${of.id}-${number}.zip`, content, 'application/zip') })}
        >
          {say(t.make)}
        </Button>
        {make.isError && <Refused error={make.error} />}
        {of.versions.length === 0 && <p className="quiet">{say(t.noVersions)}</p>}
        <ul>
          {of.versions.map((one) => (
            <li key={one.number}>
              {say(t.version, { n: one.number })} <When at={one.at} /> <span className="quiet">{say(t.versionFindings, { n: one.findings })}</span>{' '}
              {one.number > 1 && (
                <Button size="small" onClick={() => compare.mutate(one.number)}>
                  {say(t.compare)}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {compare.isError && <Refused error={compare.error} />}
        {compare.data?.length === 0 && <p>{say(t.same)}</p>}
        {compare.data && (
          <Rows
            caption={t.compare}
            heads={[t.value, t.before, t.after]}
            rows={compare.data.map((one) => [one.name, one.before ? say(one.before) : '—', one.after ? say(one.after) : '—'])}
          />
        )}
      </Block>
      {mayWrite && <HandIn of={of} />}
    </div>
  );
}

function HandIn({ of }: { of: Dossier }) {
  const { say } = useSay();
  const [filing, setFiling] = useState(of.filing_id ?? '');
  const hand = useAct(
    (id: string) => ask<unknown[]>('post', '/api/v1/dossiers/{id}/hand-in', { path: { id: of.id } }, { filing_id: id, incomplete: false }),
    ['dossiers'],
  );
  return (
    <Block title={say(t.handIn)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          hand.mutate(filing.trim());
        }}
      >
        <Input aria-label={say(t.filingId)} placeholder={say(t.filingId)} value={filing} onChange={(event) => setFiling(event.target.value)} />
        <Button htmlType="submit" loading={hand.isPending} disabled={!filing.trim()}>
          {say(t.handIn)}
        </Button>
      </form>
      {hand.isError && <Refused error={hand.error} />}
      {hand.data && <Note tone="ok">{say(t.handed, { n: hand.data.length })}</Note>}
    </Block>
  );
}
