// One box, the query in the address; the decoded event above the raw entry, with its inclusion proof.
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { evidence, log, type EvidenceEntry } from '../../api/unlisted';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Code } from '../../kit/Raw';
import { Num, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { useAddress } from '../../kit/useListState';
import { Entry } from './Entry';
import { t } from './evidence.text';

export function EvidencePage() {
  const { say } = useSay();
  const [params, set] = useAddress();
  const asked = params.get('query') ?? '';
  const found = useQuery({ queryKey: ['evidence', asked], queryFn: () => evidence(asked), enabled: asked !== '' });
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={found.data && { path: `/api/v1/evidence?query=${asked}`, data: found.data }}>
      <Block>
        <Box key={asked} asked={asked} ask={(query) => set({ query })} />
      </Block>
      <div className="columns">
        <div>{asked ? <Loaded query={found}>{(rows) => <Found rows={rows} />}</Loaded> : <Block><Empty title={t.start}>{t.startHint}</Empty></Block>}</div>
        <LogHead />
      </div>
    </Page>
  );
}

function Box({ asked, ask }: { asked: string; ask: (query: string) => void }) {
  const { say } = useSay();
  const [text, setText] = useState(asked);
  return (
    <form
      className="search-form"
      onSubmit={(event) => {
        event.preventDefault();
        ask(text.trim());
      }}
    >
      <label>
        {say(t.box)}
        <Input size="large" value={text} maxLength={200} spellCheck={false} placeholder={say(t.boxHint)} onChange={(event) => setText(event.target.value)} />
      </label>
      <Button type="primary" size="large" htmlType="submit">
        {say(t.search)}
      </Button>
    </form>
  );
}

function Found({ rows }: { rows: readonly EvidenceEntry[] }) {
  const { say } = useSay();
  if (rows.length === 0) return <Block><Empty title={t.none}>{t.noneHint}</Empty></Block>;
  return (
    <Block title={say(t.found, { n: rows.length })}>
      {rows.map((row) => (
        <Entry key={row.event_id} of={row} open={rows.length === 1} />
      ))}
    </Block>
  );
}

function LogHead() {
  const { say } = useSay();
  const head = useQuery({ queryKey: ['log'], queryFn: log });
  return (
    <Block title={say(t.log)}>
      <Loaded query={head} rows={4}>
        {(now) => (
          <div className="stack">
            <Detail
              wide
              lines={[
                [t.origin, <code key="o">{now.origin}</code>],
                [t.size, <Num key="s" value={now.size} />],
                [t.at, <When key="a" at={now.at} />],
                [t.witnesses, now.witnesses.length ? <Witnesses key="w" of={now.witnesses} /> : say(t.noWitness)],
              ]}
            />
            <details>
              <summary>{say(t.checkpointText)}</summary>
              <Code text={now.checkpoint} label={say(t.checkpointText)} />
            </details>
          </div>
        )}
      </Loaded>
    </Block>
  );
}

function Witnesses({ of }: { of: readonly { readonly name: string; readonly at: string }[] }) {
  return (
    <ul>
      {of.map((witness) => (
        <li key={witness.name}>
          <code>{witness.name}</code> <When at={witness.at} />
        </li>
      ))}
    </ul>
  );
}
