// One event with its entry and proof. The proof stands in the receipt; it is fetched when somebody looks.
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { fetchFile } from '../../api/client';
import type { Evidence } from '../../api/types';
import { placeOf } from '../../app/find';
import { useSay } from '../../i18n/lang';
import { Detail, type Line } from '../../kit/Detail';
import { DocumentLink } from '../../kit/DocumentLink';
import { t as kit } from '../../kit/kit.text';
import { Code } from '../../kit/Raw';
import { Ident, Num, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { t } from './evidence.text';
import { parseProof } from './proof';

interface ReceiptFile {
  readonly proof: string;
}

export function Entry({ of, open }: { of: Evidence; open: boolean }) {
  const { say } = useSay();
  const href = `/api/v1/receipts/${of.event_id}`;
  return (
    <section className="entry">
      <div className="between">
        <h3>{say(of.name)}</h3>
        <When at={of.at} />
      </div>
      <div className="between">
        <span>
          <Status tone={of.proven ? 'ok' : 'wait'} text={of.proven ? t.proven : t.waiting} /> <Ident id={of.event_id} to={`/evidence?query=${of.event_id}`} copy />
        </span>
        <span className="quiet">{of.log_index != null && `${say(t.index)} ${of.log_index}`}</span>
      </div>
      <Fold title={say(t.look)} open={open}>
        <Detail wide lines={lines(of)} />
        <h4>{say(t.raw)}</h4>
        <p className="quiet small">{say(t.rawNote)}</p>
        <Code text={of.entry} label={say(t.raw)} />
        {of.proven && (
          <>
            <h4>{say(t.proof)}</h4>
            <Proof href={href} />
            <p className="between">
              <DocumentLink href={href} name={say(t.receipt)} />
              <DocumentLink href={`/documents/receipts/${of.event_id}`} name={say(t.print)} download={false} />
              <Link to="/verify" reloadDocument>
                {say(t.verify)}
              </Link>
            </p>
          </>
        )}
      </Fold>
    </section>
  );
}

/** What it refers to, then what it states. */
function lines(of: Evidence): Line[] {
  const refs = of.refers.map((one): Line => [one.title, <Ident key={one.name} id={String(one.value)} to={placeOf(String(one.value))} />]);
  const states = of.states.filter((one) => !(one.name in of.refs));
  return [...refs, ...states.map((one): Line => [one.title, <Stated key={one.name} of={one} />])];
}

function Stated({ of: { value, means } }: { of: Evidence['states'][number] }) {
  const { say } = useSay();
  if (means) return <>{say(means)}</>;
  if (typeof value === 'boolean') return <>{say(value ? kit.yes : kit.no)}</>;
  if (typeof value === 'number') return <Num value={value} />;
  if (Array.isArray(value)) return <code>{value.join(', ')}</code>;
  return <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>;
}

/** Closed until somebody looks; what is inside is only fetched then. */
function Fold({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  const [shown, setShown] = useState(open);
  return (
    <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{title}</summary>
      {shown && children}
    </details>
  );
}

function Proof({ href }: { href: string }) {
  const { say } = useSay();
  const receipt = useQuery({ queryKey: ['receipt', href], queryFn: () => fetchFile<ReceiptFile>(href), staleTime: Infinity });
  return (
    <Loaded query={receipt} rows={3}>
      {(file) => {
        const proof = parseProof(file.proof);
        return (
          <div className="stack">
            <h4>{say(t.path)}</h4>
            <p className="quiet small">{say(t.proofNote)}</p>
            <ol className="hashes">
              {proof.path.map((hash) => (
                <li key={hash}>
                  <code>{hash}</code>
                </li>
              ))}
            </ol>
            <h4>{say(t.checkpoint)}</h4>
            <Code text={proof.checkpoint} label={say(t.checkpoint)} />
          </div>
        );
      }}
    </Loaded>
  );
}
