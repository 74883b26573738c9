// A form in steps, then «check answers»: a summary with a link to change each part. A draft survives the tab.
import { Button, Form, Steps } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSay, type Text } from '../i18n/lang';
import { t } from './kit.text';
import { Refused } from './States';
import { Note } from './Status';

export interface FormStep<V> {
  readonly title: Text;
  readonly fields: readonly (keyof V & string)[];
  readonly body: ReactNode;
  readonly summary: (values: V) => ReactNode;
}

interface Props<V> {
  readonly name: string;
  readonly steps: readonly FormStep<V>[];
  readonly initial: Partial<V>;
  readonly submitLabel: Text;
  readonly submit: (values: V) => Promise<unknown>;
  readonly notice?: ReactNode;
}

export function StepForm<V extends object>({ name, steps, initial, submitLabel, submit, notice }: Props<V>) {
  const { say } = useSay();
  const [form] = Form.useForm<V>();
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [at]);
  const last = at === steps.length;
  const values = form.getFieldsValue(true) as V;

  const forward = async () => {
    try {
      await form.validateFields([...(steps[at]?.fields ?? [])] as never, { recursive: true });
      setProblems([]);
      setAt(at + 1);
    } catch (bad) {
      setProblems((bad as { errorFields?: { errors: string[] }[] }).errorFields?.flatMap((field) => field.errors) ?? []);
    }
  };
  const send = () => {
    setBusy(true);
    setError(null);
    submit(values)
      .then(() => sessionStorage.removeItem(`draft.${name}`), setError)
      .finally(() => setBusy(false));
  };
  const title = last ? t.checkAnswers : steps[at]!.title;
  return (
    <div className="step-form">
      <Steps current={at} size="small" responsive items={[...steps.map((step) => ({ title: say(step.title) })), { title: say(t.checkAnswers) }]} />
      {notice}
      <h2 ref={heading} tabIndex={-1}>
        {say(title)} <span className="quiet small">{say(t.step, { n: at + 1, m: steps.length + 1 })}</span>
      </h2>
      {problems.length > 0 && <Problems problems={problems} />}
      <Form
        form={form}
        name={name}
        layout="vertical"
        initialValues={{ ...initial, ...draft(name) }}
        onValuesChange={() => sessionStorage.setItem(`draft.${name}`, JSON.stringify(form.getFieldsValue(true)))}
        scrollToFirstError
      >
        {steps.map((step, index) => (
          <div key={step.title.en} hidden={index !== at}>
            {step.body}
          </div>
        ))}
      </Form>
      {last &&
        steps.map((step, index) => (
          <section className="answer" key={step.title.en}>
            <div className="block-head">
              <h3>{say(step.title)}</h3>
              <Button type="link" onClick={() => setAt(index)} aria-label={say(t.changeOf, { name: say(step.title) })}>
                {say(t.change)}
              </Button>
            </div>
            {step.summary(values)}
          </section>
        ))}
      {error !== null && <Refused error={error} />}
      <div className="step-buttons">
        {at > 0 && <Button onClick={() => setAt(at - 1)}>{say(t.back)}</Button>}
        {last ? (
          <Button type="primary" loading={busy} onClick={send}>
            {say(submitLabel)}
          </Button>
        ) : (
          <Button type="primary" onClick={() => void forward()}>
            {say(t.next)}
          </Button>
        )}
      </div>
    </div>
  );
}

function Problems({ problems }: { problems: readonly string[] }) {
  const { say } = useSay();
  return (
    <div role="alert">
      <Note tone="bad" title={say(t.problems, { n: problems.length })}>
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Note>
    </div>
  );
}

function draft(name: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(`draft.${name}`) ?? '{}') as object;
  } catch {
    return {}; // a draft of another version: start anew
  }
}

