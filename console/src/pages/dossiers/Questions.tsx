// The questions of a dossier in groups; saving keeps what is there, an empty answer takes one back.
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/client';
import type { Dossier, DossierQuestion } from '../../api/dossiers';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { t } from './dossiers.text';

type Answers = Readonly<Record<string, string>>;

export function Questions({ of }: { of: Dossier }) {
  const { say } = useSay();
  const mayWrite = useMay('dossier.write');
  const [drafts, setDrafts] = useState<Answers>({});
  const keep = useAct((answers: Answers) => ask<Dossier>('put', '/api/v1/dossiers/{id}/answers', { path: { id: of.id } }, { answers }), ['dossiers']);
  const groups = [...new Set(of.questions.map((question) => question.group))];
  const open = of.questions.filter((question) => question.open).length;
  const saveAll = () => keep.mutate(drafts, { onSuccess: () => setDrafts({}) });
  const saving = (
    <div className="filters">
      <Button type="primary" disabled={!mayWrite || Object.keys(drafts).length === 0} loading={keep.isPending} onClick={saveAll}>
        {say(t.save)}
      </Button>
      <span className="quiet" aria-live="polite">
        {keep.isSuccess && Object.keys(drafts).length === 0 ? say(t.saved) : ''}
      </span>
    </div>
  );
  return (
    <>
      {open > 0 && <Note tone="wait">{say(t.openOnly, { n: open })}</Note>}
      {keep.isError && <Refused error={keep.error} />}
      {saving}
      {groups.map((group) => {
        const asked = of.questions.filter((question) => question.group === group);
        return (
          <Block key={group} title={asked[0] ? say(asked[0].group_name) : group}>
            {asked.map((question) => (
              <Answer
                key={question.id}
                of={question}
                value={drafts[question.id] ?? question.answer}
                disabled={!mayWrite}
                change={(text) => setDrafts((now) => ({ ...now, [question.id]: text }))}
              />
            ))}
          </Block>
        );
      })}
      {saving}
    </>
  );
}

interface One {
  readonly of: DossierQuestion;
  readonly value: string;
  readonly disabled: boolean;
  readonly change: (text: string) => void;
}

function Answer({ of, value, disabled, change }: One) {
  const { say } = useSay();
  const name = `answer-${of.id}`;
  const label = (
    <>
      {say(of.text)} {of.optional && <span className="quiet small">{say(t.optional)}</span>}
      {of.secret && <span className="quiet small">{say(t.secret)}</span>}
    </>
  );
  if (of.kind === 'choice') {
    const options = Object.entries(of.options).map(([key, text]) => ({ value: key, label: say(text) }));
    return (
      <fieldset className="answer">
        <legend>{label}</legend>
        <Radio.Group options={options} value={value || null} disabled={disabled} onChange={(event) => change(event.target.value as string)} />
      </fieldset>
    );
  }
  return (
    <div className="answer">
      <label htmlFor={name}>{label}</label>
      {of.kind === 'text' ? (
        <Input.TextArea id={name} autoSize={{ minRows: 2, maxRows: 12 }} maxLength={8000} value={value} disabled={disabled} onChange={(event) => change(event.target.value)} />
      ) : (
        <Input id={name} type={of.kind === 'date' ? 'date' : 'text'} inputMode={of.kind === 'number' ? 'numeric' : 'text'} value={value} disabled={disabled} onChange={(event) => change(event.target.value)} />
      )}
    </div>
  );
}
