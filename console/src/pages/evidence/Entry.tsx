// One event with its entry and proof. The proof stands in the receipt; it is fetched when somebody looks.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { fetchFile } from '../../api/client';
import type { Evidence } from '../../api/types';
import { placeOf } from '../../app/find';
import { useSay } from '../../i18n/lang';
import { Detail, type Line } from '../../kit/Detail';
import { DocumentLink } from '../../kit/DocumentLink';
import { Code } from '../../kit/Raw';
import { Ident, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Status } from '../../kit/Status';
import { t } from './evidence.text';
import { parseProof } from './proof';

interface ReceiptFile {
  readonly proof: string;
}

export function Entry({ of, open }: { of: Evidence; open: boolean }) {
  const { say } = useSay();
  const [shown, setShown] = useState(open);
  const href = `/api/v1/receipts/${of.event_id}`;
  const lines: Line[] = [
    ...Object.entries(of.refs).map(([name, id]): Line => [{ zh: name, en: name }, <Ident key={name} id={id} to={placeOf(id)} />]),
    ...Object.entries(of.data).map(([name, value]): Line => [{ zh: name, en: name }, <code key={name}>{typeof value === 'string' ? value : JSON.stringify(value)}</code>]),
  ];
  return (
    <section className="entry">
      <div className="between">
        <h3>{say(of.name)}</h3>
        <When at={of.at} />
      </div>
      <div className="between">
        <span>
          <Status tone={of.proven ? 'ok' : 'wait'} text={of.proven ? t.proven : t.waiting} /> <Ident id={of.event_id} whole copy />
        </span>
        {of.log_index !== null && of.log_index !== undefined && (
          <span className="quiet">
            {say(t.index)} {of.log_index}
          </span>
        )}
      </div>
      <Detail wide lines={lines} />
      {of.proven && (
        <p className="between">
          <DocumentLink href={href} name={say(t.receipt)} />
          <Link to="/verify" reloadDocument>
            {say(t.verify)}
          </Link>
        </p>
      )}
      {of.proven && (
        <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
          <summary>{say(t.proof)}</summary>
          {shown && <Proof href={href} entry={of.entry} />}
        </details>
      )}
    </section>
  );
}

function Proof({ href, entry }: { href: string; entry: string }) {
  const { say } = useSay();
  const receipt = useQuery({ queryKey: ['receipt', href], queryFn: () => fetchFile<ReceiptFile>(href), staleTime: Infinity });
  return (
    <Loaded query={receipt} rows={3}>
      {(file) => {
        const proof = parseProof(file.proof);
        return (
          <div className="stack">
            <h4>{say(t.raw)}</h4>
            <p className="quiet small">{say(t.rawNote)}</p>
            <Code text={entry} label={say(t.raw)} />
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
