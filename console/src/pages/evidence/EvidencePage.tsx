// One box, the query in the address; the decoded event above the raw entry, with its inclusion proof.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useEvidence, useLog, useTransfers } from '../../api/queries';
import type { Evidence } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Code } from '../../kit/Raw';
import { Dash, Ident, Num, When } from '../../kit/Show';
import { Empty, Loaded } from '../../kit/States';
import { useAddress } from '../../kit/useListState';
import { ForbiddenPage } from '../trouble/TroublePages';
import { witnesses } from './checkpoint';
import { Entry } from './Entry';
import { t } from './evidence.text';

const PAGE = 12;

export function EvidencePage() {
  const { say } = useSay();
  const [params, set] = useAddress();
  const asked = params.get('query') ?? '';
  const transfers = useTransfers();
  const named = /^[0-9a-f]{64}$/.test(asked) ? transfers.data?.find((each) => each.manifest_sha256 === asked)?.id : undefined;
  const may = useMay('evidence.read');
  const found = useEvidence(named ?? asked, may);
  if (!may) return <ForbiddenPage action="evidence.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={found.data && { path: `/api/v1/evidence?query=${asked}`, data: found.data }}>
      <Block>
        <Box key={asked} asked={asked} ask={(query) => set({ query })} />
      </Block>
      <div className="columns">
        <div><Loaded query={found}>{(rows) => <Found rows={rows} asked={asked} />}</Loaded></div>
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

function Found({ rows, asked }: { rows: readonly Evidence[]; asked: string }) {
  const { say } = useSay();
  const [shown, setShown] = useState(PAGE);
  if (rows.length === 0) {
    return (
      <Block>
        <Empty title={asked ? t.none : t.start}>{asked ? t.noneHint : t.startHint}</Empty>
      </Block>
    );
  }
  return (
    <Block title={say(asked ? t.found : t.newest, { n: rows.length })}>
      {rows.slice(0, shown).map((row) => (
        <Entry key={row.event_id} of={row} open={rows.length === 1} />
      ))}
      {shown < rows.length && (
        <Button onClick={() => setShown(shown + PAGE)}>{say(t.more, { n: rows.length - shown })}</Button>
      )}
    </Block>
  );
}

function LogHead() {
  const { say } = useSay();
  const head = useLog();
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
                [t.root, now.root ? <Ident key="r" id={now.root} copy /> : <Dash key="r" />],
                [t.at, <When key="a" at={witnesses(now.checkpoint ?? null)[0]?.at} />],
                [t.witnesses, <Witnesses key="w" note={now.checkpoint ?? null} />],
                [t.vkey, <code key="v">{now.vkey}</code>],
              ]}
            />
            <details>
              <summary>{say(t.checkpointText)}</summary>
              <Code text={now.checkpoint ?? ''} label={say(t.checkpointText)} />
            </details>
          </div>
        )}
      </Loaded>
    </Block>
  );
}

function Witnesses({ note }: { note: string | null }) {
  const { say } = useSay();
  const of = witnesses(note);
  if (of.length === 0) return <>{say(t.noWitness)}</>;
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
