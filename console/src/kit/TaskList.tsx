// Tasks in groups (GOV.UK «complete multiple tasks»): what is done is plain, what is open stands out.
import type { ReactNode } from 'react';
import { useSay, type Text } from '../i18n/lang';
import { t } from './kit.text';
import { Status, type Tone } from './Status';

export type TaskState = 'notStarted' | 'inProgress' | 'completed' | 'cannotStart' | 'problem' | 'optional';

export interface Task {
  readonly id: string;
  readonly name: ReactNode;
  readonly hint?: ReactNode;
  /** None for a step that its button already offers. */
  readonly state?: TaskState;
  readonly action?: ReactNode;
}

const TONES: Record<Exclude<TaskState, 'completed'>, Tone> = {
  notStarted: 'wait',
  inProgress: 'run',
  cannotStart: 'mute',
  problem: 'bad',
  optional: 'mute',
};

function State({ of }: { of: TaskState }) {
  const { say } = useSay();
  return of === 'completed' ? <span>{say(t.completed)}</span> : <Status tone={TONES[of]} text={t[of]} />;
}

export function TaskList({ groups }: { groups: readonly { readonly title: Text; readonly tasks: readonly Task[] }[] }) {
  const { say } = useSay();
  return (
    <div className="tasks">
      {groups
        .filter((group) => group.tasks.length > 0)
        .map((group) => (
          <section key={group.title.en}>
            <h2>{say(group.title)}</h2>
            <ul>
              {group.tasks.map((task) => (
                <li key={task.id}>
                  <div>
                    <div>{task.name}</div>
                    {task.hint && <div className="quiet small">{task.hint}</div>}
                  </div>
                  <div className="task-end">
                    {task.state && <State of={task.state} />}
                    {task.action}
                  </div>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}
