// 我该走哪条路: one question at a time from the rulebook's own facts, then the answer. Public: no account, nothing is kept.
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { post } from '../../api/client';
import type { Determination } from '../../api/types';
import { Brand, Switches } from '../../app/Header';
import { useSay, type Text } from '../../i18n/lang';
import { Decision } from '../../kit/Decision';
import { Block } from '../../kit/Page';
import { Loading, Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { ROUTES, wordOf } from '../words';
import { t } from './guide.text';

interface Word {
  readonly value: string;
  readonly text: Text;
}
interface Asked {
  readonly fact: string;
  readonly kind: string;
  readonly question: Text;
  readonly answers: readonly Word[];
  readonly suggestions: readonly Word[];
}
interface Ground {
  readonly ground: string;
  readonly route: string;
  readonly questions: readonly { readonly fact: string; readonly question: Text }[];
}
interface Walk {
  readonly answered: readonly { readonly question: Asked; readonly value: string | number }[];
  readonly question: Asked | null;
  readonly determination: Determination | null;
  readonly open_grounds: readonly Ground[];
  readonly refused: { readonly message: Text; readonly fact: string } | null;
}
type Answers = readonly (readonly [string, string])[];

const UNKNOWN = 'unknown';

export function GuidePage() {
  const { say } = useSay();
  const [answers, setAnswers] = useState<Answers>([]);
  useEffect(() => {
    document.title = `${say(t.title)} · Feiyu`;
  }, [say]);
  const walk = useQuery({
    queryKey: ['guide', answers],
    queryFn: ({ signal }) =>
      post('/api/v1/guide', { body: { answers: Object.fromEntries(answers) }, signal }).then((found) => found as unknown as Walk),
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
  const found = walk.data;
  // What stands on the page while an answer is under way was answered already: it stays to be read and takes no second answer.
  const busy = walk.isPlaceholderData;
  const answer = (fact: string, value: string) => {
    if (!busy) setAnswers([...answers.filter(([name]) => name !== fact), [fact, value]]);
  };
  return (
    <div className="signin guide">
      <header className="top">
        <Brand />
        <span className="grow" />
        <Switches />
      </header>
      <main id="content">
        <section className="stack">
          <h1>{say(t.title)}</h1>
          {answers.length === 0 && <p className="quiet">{say(t.lead)}</p>}
          {walk.isError && <Refused error={walk.error} again={() => void walk.refetch()} />}
          {walk.isPending && <Loading />}
          {found?.refused && <Note tone="bad" title={say(found.refused.message)} />}
          {found?.question && <Question key={found.question.fact} of={found.question} number={found.answered.length + 1} busy={busy} answer={answer} />}
          {found?.determination && <Decision of={found.determination} />}
          {found && found.open_grounds.length > 0 && <Grounds of={found.open_grounds} />}
          {found && found.answered.length > 0 && (
            <Block title={say(t.answered)} extra={<Button type="link" onClick={() => setAnswers([])}>{say(t.again)}</Button>}>
              <ol className="numbered">
                {found.answered.map(({ question, value }, at) => (
                  <li key={question.fact}>
                    {say(question.question)} <strong>{worded(question, value, say)}</strong>{' '}
                    <Button type="link" size="small" onClick={() => setAnswers(kept(found, answers, at))}>
                      {say(t.change)}
                    </Button>
                  </li>
                ))}
              </ol>
            </Block>
          )}
          <p className="quiet small">{say(t.closing)}</p>
        </section>
      </main>
      <footer>
        <a href="/guide">{say(t.plain)}</a> <a href="/">{say(t.console)}</a>
      </footer>
    </div>
  );
}

/** The answers that came before the one at a place; the rest is asked anew. */
function kept(found: Walk, answers: Answers, at: number): Answers {
  const names = new Set(found.answered.slice(0, at).map(({ question }) => question.fact));
  return answers.filter(([name]) => names.has(name));
}

function worded(question: Asked, value: string | number, say: (text?: Text) => string): string {
  if (value === UNKNOWN) return say(t.unknown);
  if (typeof value === 'number') return value.toLocaleString('en');
  const known = [...question.answers, ...question.suggestions].find((one) => one.value === value);
  return known ? say(known.text) : value;
}

interface QuestionProps {
  readonly of: Asked;
  readonly number: number;
  readonly busy: boolean;
  readonly answer: (fact: string, value: string) => void;
}

function Question({ of, number, busy, answer }: QuestionProps) {
  const { say } = useSay();
  const [typed, setTyped] = useState('');
  const closed = of.answers.length > 0;
  const choices = closed && of.kind !== 'truth' ? [...of.answers, { value: UNKNOWN, text: t.unknown }] : of.answers;
  return (
    <form
      className="block"
      aria-live="polite"
      onSubmit={(event) => {
        event.preventDefault();
        answer(of.fact, typed.trim() || UNKNOWN);
      }}
    >
      <div className="block-head">
        <h2 id="question">
          {number}. {say(of.question)}
        </h2>
      </div>
      {closed ? (
        <div className="stack" role="group" aria-labelledby="question" aria-disabled={busy}>
          {choices.map(({ value, text }) => (
            <Button
              key={value}
              block
              size="large"
              className="guide-choice"
              data-answer={value}
              // The second click of a double click belongs to the question before this one.
              onClick={(event) => event.detail < 2 && answer(of.fact, value)}
            >
              {say(text)}
            </Button>
          ))}
        </div>
      ) : (
        <div className="stack">
          <Input
            autoFocus
            aria-labelledby="question"
            size="large"
            maxLength={200}
            value={typed}
            type={of.kind === 'date' ? 'date' : 'text'}
            inputMode={of.kind === 'count' ? 'numeric' : 'text'}
            list={of.suggestions.length ? 'known' : ''}
            onChange={(event) => setTyped(event.target.value)}
          />
          <datalist id="known">
            {of.suggestions.map(({ value, text }) => (
              <option key={value} value={value}>
                {say(text)}
              </option>
            ))}
          </datalist>
          <p className="quiet small">{say(t.empty)}</p>
          <Button type="primary" htmlType="submit" aria-disabled={busy}>
            {say(t.next)}
          </Button>
        </div>
      )}
    </form>
  );
}

function Grounds({ of }: { of: readonly Ground[] }) {
  const { say } = useSay();
  return (
    <Block title={say(t.grounds)}>
      {of.map((ground) => (
        <div key={ground.ground}>
          <p>
            <strong>{say(t[ground.ground as keyof typeof t] ?? t.grounds)}</strong> → {say(wordOf(ROUTES, ground.route).text)}
          </p>
          <ul>
            {ground.questions.map((one) => (
              <li key={one.fact}>{say(one.question)}</li>
            ))}
          </ul>
        </div>
      ))}
    </Block>
  );
}
