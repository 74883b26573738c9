// What happened, newest last, with who, when, and how many working days it took.
import type { ReactNode } from 'react';
import { When } from './Show';
import type { Tone } from './Status';

export interface Moment {
  readonly id: string;
  readonly title: ReactNode;
  readonly at?: string | null;
  readonly tone?: Tone;
  readonly meta?: ReactNode;
  readonly body?: ReactNode;
  /** Still to come. */
  readonly ahead?: boolean;
}

export function Timeline({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol className="timeline">
      {moments.map((moment) => (
        <li key={moment.id} className={`tl-${moment.tone ?? 'run'}${moment.ahead ? ' tl-ahead' : ''}`}>
          <div className="tl-head">
            <strong>{moment.title}</strong>
            {moment.at && <When at={moment.at} />}
          </div>
          {moment.meta && <div className="quiet small">{moment.meta}</div>}
          {moment.body && <div className="tl-body">{moment.body}</div>}
        </li>
      ))}
    </ol>
  );
}
