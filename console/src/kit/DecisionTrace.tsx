// How each rule fared, and the facts as they were read.
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useRulebook } from '../api/queries';
import type { Determination, TraceStep } from '../api/types';
import { number } from '../i18n/format';
import { useSay, type Say, type Text } from '../i18n/lang';
import { t } from './decision.text';
import { t as kit } from './kit.text';
import { Block } from './Page';
import { Dash } from './Show';
import { Status, type Tone } from './Status';

const MARKS: Record<TraceStep['mark'], Tone> = { hit: 'ok', miss: 'mute', unknown: 'ask' };

export function Trace({ of }: { of: Determination }) {
  const { say } = useSay();
  const [all, setAll] = useState(false);
  const fired = of.trace.filter((step) => step.mark !== 'miss');
  const steps = all || fired.length === 0 ? of.trace : fired;
  if (of.trace.length === 0) return null;
  return (
    <Block
      title={say(t.fired)}
      extra={
        fired.length > 0 &&
        fired.length < of.trace.length && (
          <Button type="link" size="small" onClick={() => setAll(!all)}>
            {all ? say(t.firedOnly) : say(t.allRules, { n: of.trace.length })}
          </Button>
        )
      }
    >
      <Plain heads={[say(t.rule), say(t.result), say(t.factsUsed)]}>
        {steps.map((step) => [
          step.rule,
          <span key="rule" className={step.rule === of.rule ? 'trace-hit' : ''}>
            {say(step.title)} <code className="quiet">{step.rule}</code>
          </span>,
          <Status key="mark" tone={MARKS[step.mark]} text={t[step.mark]} />,
          <span key="facts">
            {step.facts.map((fact) => (
              <code key={fact} className="cite">
                {fact}
              </code>
            ))}
          </span>,
        ])}
      </Plain>
    </Block>
  );
}

const FEW = 4;

/** What the rules that fired have read stands first; everything else that was told is one click away. */
export function Facts({ of }: { of: Determination }) {
  const { say } = useSay();
  const read = new Set(of.trace.filter((step) => step.mark !== 'miss').flatMap((step) => step.facts));
  const names = Object.keys(of.facts).sort();
  const first = names.filter((name) => read.has(name));
  const others = names.filter((name) => !read.has(name));
  if (names.length === 0) return null;
  return (
    <Block title={say(t.facts)}>
      {first.length > 0 && <FactTable of={of} names={first} />}
      {others.length > 0 && (
        <details open={first.length < FEW}>
          <summary>{say(t.otherFacts, { n: others.length })}</summary>
          <FactTable of={of} names={others} />
        </details>
      )}
    </Block>
  );
}

function FactTable({ of, names }: { of: Determination; names: readonly string[] }) {
  const { say } = useSay();
  const book = useRulebook();
  const known = (name: string) => book.data?.facts.find((fact) => fact.id === name);
  return (
    <Plain heads={[say(t.fact), say(t.value)]}>
      {names.map((name) => [
        name,
        <span key="name" className="two">
          {say(name === ASSUMED ? t.assumed : known(name)?.question)}
          <code className="quiet">{name}</code>
        </span>,
        name === ASSUMED ? (
          <Questions key="value" all={namesIn(of.facts[name]).map((one) => say(known(one)?.question) || one)} />
        ) : (
          <FactValue key="value" value={of.facts[name]} names={known(name)?.values ?? {}} say={say} />
        ),
      ])}
    </Plain>
  );
}

/** The facts that nobody declared: a list of names among the facts. */
const ASSUMED = 'assumed';
const namesIn = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

function Questions({ all }: { all: readonly string[] }) {
  return (
    <ul className="lines">
      {all.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

function FactValue({ value, names, say }: { value: unknown; names: Readonly<Record<string, Text>>; say: Say }) {
  if (value === null || value === undefined || value === 'unknown') return <Status tone="ask" text={t.unknown} />;
  const told = (word: string) => say(names[word] ?? TRUTHS[word]) || word;
  if (typeof value === 'boolean') return <>{say(value ? kit.yes : kit.no)}</>;
  if (typeof value === 'number') return <span className="num">{number(value)}</span>;
  if (Array.isArray(value)) {
    const [low, high] = value as unknown[];
    if (value.length === 2 && typeof low === 'number' && typeof high === 'number') return <Span low={low} high={high} say={say} />;
    return value.length ? <>{value.map((one) => told(String(one))).join(say(t.and))}</> : <Dash />;
  }
  return <>{told(String(value as string))}</>;
}

const TRUTHS: Readonly<Record<string, Text>> = { yes: kit.yes, no: kit.no, none: kit.none };
const ENDLESS = 2 ** 52;

function Span({ low, high, say }: { low: number; high: number; say: Say }) {
  if (low === high) return <span className="num">{number(low)}</span>;
  if (high >= ENDLESS) return <>{say(t.atLeast, { low })}</>;
  return <>{say(t.between, { low, high })}</>;
}

/** A table without filters; the first cell of a row is its key and is not shown. */
export function Plain({ heads, children }: { heads: readonly string[]; children: readonly (readonly [string, ...ReactNode[]])[] }) {
  return (
    <table className="table" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {heads.map((head) => (
            <th key={head} scope="col" role="columnheader">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {children.map(([key, ...cells]) => (
          <tr key={key} role="row">
            {cells.map((cell, at) => (
              <td key={heads[at]} role="cell" data-label={heads[at]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
