// Something used of something allowed; the number beside the bar says the same.
import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly shown: ReactNode;
  readonly done?: boolean;
  /** How much there will be is not known yet. */
  readonly endless?: boolean;
  /** The maximum is a limit: coming near it is worth a colour. */
  readonly limit?: boolean;
}

export function Meter({ label, value, max, shown, done = false, endless = false, limit = false }: Props) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  const tone = done ? 'meter-done' : endless ? 'meter-endless' : limit && share >= 0.9 ? 'meter-full' : '';
  const known = endless ? {} : { 'aria-valuenow': Math.round(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 };
  return (
    <div className={`meter ${tone}`}>
      <div className="meter-text">
        <span>{label}</span>
        <span className="num">{shown}</span>
      </div>
      <div className="meter-bar" role="progressbar" aria-label={label} {...known}>
        <span className="meter-fill" style={endless ? undefined : { width: `${(share * 100).toFixed(2)}%` }} />
      </div>
    </div>
  );
}
