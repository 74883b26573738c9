// A determination with its reasons: outcome, rules that fired, facts, citations, what is missing, what follows from it.
import {
  CheckCircleOutlined, CloseCircleOutlined, FileDoneOutlined, PauseCircleOutlined, QuestionCircleOutlined,
} from '@ant-design/icons'; // prettier-ignore
import type { ReactNode } from 'react';
import { useRulebook } from '../api/queries';
import type { Determination, Three } from '../api/types';
import { number } from '../i18n/format';
import { useSay, type Text } from '../i18n/lang';
import { ROUTES, wordOf } from '../pages/words';
import { Citations, Cite } from './Citations';
import { t } from './decision.text';
import { Facts, Trace } from './DecisionTrace';
import { Block } from './Page';
import { Note, Status, type Tone } from './Status';

const ICONS: Record<Tone, ReactNode> = {
  ok: <CheckCircleOutlined />,
  run: <FileDoneOutlined />,
  wait: <FileDoneOutlined />,
  warn: <PauseCircleOutlined />,
  bad: <CloseCircleOutlined />,
  mute: <QuestionCircleOutlined />,
  ask: <QuestionCircleOutlined />,
};

export interface Counts {
  readonly persons?: Three;
  readonly sensitive?: Three;
}

export function Decision({ of, counts }: { of: Determination; counts?: Counts }) {
  return (
    <div className="decision">
      <Outcome of={of} />
      <Warned of={of} />
      {of.missing.length > 0 && <Missing of={of} />}
      {counts?.persons && <People counts={counts} />}
      <Advised of={of} />
      <div className="columns">
        <div>
          <Trace of={of} />
          <Facts of={of} />
          <Citations citations={of.citations} />
        </div>
        <div>
          <Duties of={of} />
        </div>
      </div>
    </div>
  );
}

function Outcome({ of }: { of: Determination }) {
  const { say, label } = useSay();
  const book = useRulebook();
  const route = wordOf(ROUTES, of.route);
  return (
    <section className={`outcome outcome-${route.tone}`} aria-label={say(t.route)}>
      <span className="outcome-icon" aria-hidden="true">
        {ICONS[route.tone]}
      </span>
      <div>
        <h2>{say(route.text)}</h2>
        <p>{say(of.reason)}</p>
        {of.options.length > 0 && (
          <p>
            {label(t.options)}{of.options.map((option) => say(book.data?.options[option]) || option).join(' / ')}
          </p>
        )}
        <p className="quiet small">{say(t.basisLine, { rule: of.rule, rulebook: of.rulebook, date: of.at })}</p>
      </div>
    </section>
  );
}

function Warned({ of }: { of: Determination }) {
  const { say } = useSay();
  if (of.warnings.length === 0) return null;
  return (
    <Note tone="warn" title={say(t.warnings)}>
      <ul>
        {of.warnings.map((warning) => (
          <li key={warning.en}>{say(warning)}</li>
        ))}
      </ul>
    </Note>
  );
}

function Missing({ of }: { of: Determination }) {
  const { say, label } = useSay();
  return (
    <Block title={say(t.missing)}>
      <p className="quiet">{say(t.missingNote)}</p>
      <ul className="lines">
        {of.missing.map((each) => (
          <li key={each.fact}>
            <span>{say(each.question)}</span>
            <code>{each.fact}</code>
          </li>
        ))}
      </ul>
      {of.possible.length > 0 && (
        <p>
          {label(t.possible)}
          {of.possible.map((route) => (
            <Status key={route} {...wordOf(ROUTES, route)} />
          ))}
        </p>
      )}
    </Block>
  );
}

function People({ counts }: { counts: Counts }) {
  const { say } = useSay();
  const rows: [Text, Three | undefined][] = [
    [t.counts, counts.persons],
    [t.sensitiveCounts, counts.sensitive],
  ];
  return (
    <div className="pair">
      {rows.map(
        ([title, three]) =>
          three && (
            <Block key={title.en} title={say(title)}>
              <div className="three">
                {(['lower', 'counted', 'upper'] as const).map((name) => (
                  <div key={name} className={name === 'counted' ? 'law' : ''}>
                    <b>{number(three[name])}</b>
                    <span className="quiet small">{say(t[name])}</span>
                  </div>
                ))}
              </div>
            </Block>
          ),
      )}
    </div>
  );
}

function Advised({ of }: { of: Determination }) {
  const { say } = useSay();
  if (!of.advice?.length) return null;
  return (
    <Note tone="ok" title={say(t.advice)}>
      <p>{say(t.adviceNote)}</p>
      <ul>
        {of.advice.map((each) => (
          <li key={each.changes.map((change) => change.text.en).join()}>
            {each.changes.map((change) => say(change.text)).join(' + ')} → <strong>{say(wordOf(ROUTES, each.route).text)}</strong>
          </li>
        ))}
      </ul>
    </Note>
  );
}

function Duties({ of }: { of: Determination }) {
  const { say } = useSay();
  if (of.obligations.length === 0) return null;
  return (
    <Block title={say(t.obligations)}>
      <ul className="cites">
        {of.obligations.map((duty) => (
          <li key={duty.id}>
            <div>{say(duty.title)}</div>
            {(duty.due ?? duty.deadline) && (
              <div className="small">{duty.due ? say(t.due, { date: duty.due }) : say(duty.deadline)}</div>
            )}
            <div>
              {duty.citations.map((citation) => (
                <Cite key={citation.ref} of={citation} />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Block>
  );
}
