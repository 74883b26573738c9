// The year's persons: total, the lines of the law, parts by evidence, entries; at the exporter's edge.
import { useLedger } from '../../api/queries';
import type { Ledger, LedgerLine, LedgerPart, Three } from '../../api/types';
import { useMay } from '../../app/Shell';
import { number } from '../../i18n/format';
import { useSay, type Text } from '../../i18n/lang';
import { Meter } from '../../kit/Meter';
import { Block, Page } from '../../kit/Page';
import { Ident, Num } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { PartyName } from '../names';
import { ForbiddenPage } from '../trouble/TroublePages';
import { Chain } from './Chain';
import { AddEntry } from './AddEntry';
import { EntryTable } from './EntryTable';
import { t } from './ledger.text';
import { Sheets } from './Sheets';

export function LedgerPage() {
  const { say } = useSay();
  const query = useLedger();
  const may = useMay('ledger.write');
  if (!useMay('edge.read')) return <ForbiddenPage action="edge.read" />;
  const of = query.data;
  return (
    <Page
      title={say(t.title)}
      lead={of && say(t.lead, { since: of.since, day: of.as_of })}
      actions={
        <>
          {may && <AddEntry />}
          <Sheets mayImport={may} />
        </>
      }
      raw={of && { path: '/api/v1/ledger', data: of }}
    >
      <Loaded query={query} rows={6}>
        {(ledger) => <Shown of={ledger} />}
      </Loaded>
      <Block title={say(t.list)}>
        <EntryTable />
      </Block>
      <Chain />
    </Page>
  );
}

function Shown({ of }: { of: Ledger }) {
  const { say } = useSay();
  const unsure = of.lines.some((line) => !line.reached && line.upper >= line.persons);
  return (
    <div className="columns">
      <div>
        <Block title={say(t.total)}>
          <div className="stack">
            <Threes of={of.persons} />
            <p className="quiet">
              {say(t.sensitive)} <Num value={of.sensitive.counted} />
              {of.exempt_persons > 0 && <> · {say(t.exempt, { n: of.exempt_persons })}</>}
            </p>
            {!of.exact && <Note tone="warn" title={say(t.inexact)} />}
            {unsure && <Note tone="ask" title={say(t.crossing)} />}
          </div>
        </Block>
        <Block title={say(t.lines)}>
          <ul className="stack">
            {of.lines.map((line) => (
              <Line key={line.id} of={line} />
            ))}
          </ul>
          <p className="quiet small">{say(t.straight)}</p>
        </Block>
      </div>
      <div>
        <Block title={say(t.parts)}>
          <Parts of={of} />
          <p className="quiet small">{say(t.partsNote)}</p>
        </Block>
        {of.bases.length + of.entrusted.length > 0 && (
          <Block title={say(t.windows)}>
            <Windows of={of} />
          </Block>
        )}
        <Block title={say(t.group)}>
          <p>{of.group ? say(t.groupOf, { name: of.group.name, year: String(of.group.year) }) : say(t.groupNone)}</p>
        </Block>
      </div>
    </div>
  );
}

function Threes({ of }: { of: Three }) {
  const { say } = useSay();
  const cells: [Text, number, boolean][] = [[t.lower, of.lower, false], [t.counted, of.counted, true], [t.upper, of.upper, false]]; // prettier-ignore
  return (
    <div className="three">
      {cells.map(([name, value, law]) => (
        <div key={name.en} className={law ? 'law' : undefined}>
          <b>{number(value)}</b>
          <span className="quiet small">{say(name)}</span>
        </div>
      ))}
    </div>
  );
}

function Line({ of }: { of: LedgerLine }) {
  const { say } = useSay();
  const when = of.reached ? say(t.reached) : of.day ? say(t.onPace, { day: of.day }) : say(t.notThisYear);
  return (
    <li>
      <Meter label={say(of.name)} value={of.so_far} max={of.persons} limit shown={say(t.of, { a: of.so_far, b: of.persons })} />
      <p className="small">{of.reached ? <Status tone="warn" text={t.reached} /> : <span className="quiet">{when}</span>}</p>
    </li>
  );
}

function Parts({ of }: { of: Ledger }) {
  const { say } = useSay();
  const names: Readonly<Record<string, Text>> = { D: t.D, L: t.L, M: t.M, S: t.S };
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{say(t.level)}</th>
          <th scope="col" className="end">{say(t.persons)}</th>
          <th scope="col" className="end">{say(t.entries)}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(of.parts).map(([level, part]) => (
          <tr key={level}>
            <td data-label={say(t.level)}>{say(names[level] ?? { zh: level, en: level })}</td>
            <td data-label={say(t.persons)} className="end"><Range of={part} /></td>
            <td data-label={say(t.entries)} className="end"><Num value={part.entries} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Range({ of }: { of: LedgerPart }) {
  const { lower, counted, upper } = of.persons;
  return (
    <span className="two">
      <Num value={counted} />
      {lower !== upper && <span className="quiet small num">{`${number(lower)} – ${number(upper)}`}</span>}
    </span>
  );
}

function Windows({ of }: { of: Ledger }) {
  const { say } = useSay();
  return (
    <ul className="lines">
      {of.bases.map((each) => (
        <li key={each.id}>
          <span className="two">
            <span>{say(t.basis)} <Ident id={each.id} /></span>
            <span className="quiet small">{each.since}</span>
          </span>
          <Range of={each.total} />
        </li>
      ))}
      {of.entrusted.map((each) => (
        <li key={each.id}>
          <span className="two">
            <span><PartyName id={each.id} link={false} /></span>
            <span className="quiet small">{say(t.entrusted)}</span>
          </span>
          <Range of={each.total} />
        </li>
      ))}
    </ul>
  );
}
