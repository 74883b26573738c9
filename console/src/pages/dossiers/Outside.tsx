// A paper made elsewhere: word for word, and against this dossier.
import { Radio } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/client';
import type { Dossier, OutsidePaper } from '../../api/dossiers';
import { useAct } from '../../api/queries';
import { useSay, type Text } from '../../i18n/lang';
import { FileButton } from '../../kit/FileButton';
import { Block } from '../../kit/Page';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { t } from './dossiers.text';

const LONG = 160;
const KINDS = ['contract', 'form', 'report', 'annex', 'ledger', 'other'] as const;

export function Outside({ of }: { of: Dossier }) {
  const { say } = useSay();
  const [kind, setKind] = useState<string>('contract');
  const check = useAct((file: File) => {
    const form = new FormData();
    form.set('kind', kind);
    form.set('file', file);
    return ask<OutsidePaper>('post', '/api/v1/dossiers/{id}/outside', { path: { id: of.id } }, form);
  });
  return (
    <Block>
      <div className="apart">
        <p>{say(t.outsideLead)}</p>
        <fieldset className="answer">
          <legend>{say(t.paperKind)}</legend>
          <Radio.Group value={kind} options={KINDS.map((one) => ({ value: one, label: say(t[one]) }))} onChange={(event) => setKind(event.target.value as string)} />
        </fieldset>
        <FileButton type="primary" loading={check.isPending} accept=".pdf,.docx,.xlsx" onFile={(file) => check.mutate(file)}>
          {say(t.choose)}
        </FileButton>
        {check.isError && <Refused error={check.error} />}
        {check.data && <Found of={check.data} />}
      </div>
    </Block>
  );
}

function Found({ of }: { of: OutsidePaper }) {
  const { say } = useSay();
  const official = of.official;
  const clean = of.mismatches.length === 0 && (official?.differences.length ?? 0) === 0;
  return (
    <div aria-live="polite" className="apart">
      <h3>{of.name}</h3>
      {of.warnings.map((warning) => (
        <Note key={warning.en} tone="warn">
          {say(warning)}
        </Note>
      ))}
      {clean && <Note tone="ok">{say(t.noDifference)}</Note>}
      {official && (
        <>
          <p>{say(t.kept, { n: official.fixed, m: official.kept })}</p>
          <p className="quiet small">{say(official.read_from)}</p>
          <Rows
            caption={t.official}
            heads={[t.place, t.article, t.official, t.found]}
            rows={official.differences.map((one) => [say(one.place), one.article, one.official, one.found || say(t.notFound)])}
          />
        </>
      )}
      <Rows
        caption={t.what}
        heads={[t.place, t.what, t.expected, t.found]}
        rows={of.mismatches.map((one) => [say(one.place), say(one.what), say(one.expected ?? (one.kind === 'missing' ? t.unanswered : t.nothingThere)), one.found || say(t.notFound)])}
      />
    </div>
  );
}

/** A passage of some length opens on a click, so that the next row is in sight. */
function Told({ text }: { readonly text: string }) {
  if (text.length <= LONG) return <>{text}</>;
  return (
    <details>
      <summary>{text.slice(0, LONG)}…</summary>
      {text}
    </details>
  );
}

export function Rows({ caption, heads, rows }: { caption: Text; heads: readonly Text[]; rows: readonly (readonly string[])[] }) {
  const { say } = useSay();
  if (rows.length === 0) return null;
  return (
    <table className="table" role="table">
      <caption className="aloud">{say(caption)}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {heads.map((head) => (
            <th key={head.en} scope="col" role="columnheader">
              {say(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, at) => (
          <tr key={at} role="row">
            {row.map((cell, column) => (
              <td key={column} role="cell" data-label={heads[column] ? say(heads[column]) : ''}>
                <Told text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
