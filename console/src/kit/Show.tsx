// The small things that show a value: an instant, a size, a number, a long id, a fingerprint.
import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ago, bytes, groups, instant, number, short } from '../i18n/format';
import { useSay } from '../i18n/lang';
import { useSettings } from '../i18n/settings';
import { t } from './kit.text';

export function When({ at, seconds = true }: { at: string | null | undefined; seconds?: boolean }) {
  const { zone } = useSettings();
  const { lang } = useSay();
  if (!at) return <Dash />;
  return (
    <time dateTime={at} title={ago(at, lang)} className="num">
      {instant(at, zone, seconds)}
    </time>
  );
}

export const Bytes = ({ size }: { size: number }) => (
  <span className="num" title={`${number(size)} B`}>
    {bytes(size)}
  </span>
);

export const Num = ({ value }: { value: number }) => <span className="num">{number(value)}</span>;

/** No value; said aloud as «none». */
export function Dash() {
  const { say } = useSay();
  return (
    <span className="quiet">
      <span aria-hidden="true">–</span>
      <span className="aloud">{say(t.none)}</span>
    </span>
  );
}

export function Copy({ text }: { text: string }) {
  const { say } = useSay();
  const [done, setDone] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(text).then(() => {
      setDone(true);
      setTimeout(() => setDone(false), 1500);
    });
  if (!navigator.clipboard) return null; // plain http on another host: the browser offers no clipboard
  return (
    <Tooltip title={say(done ? t.copied : t.copy)}>
      <Button type="text" size="small" className="copy" aria-label={`${say(t.copy)} ${text}`} icon={done ? <CheckOutlined /> : <CopyOutlined />} onClick={copy} />
    </Tooltip>
  );
}

/** An id: short where space is narrow, whole on demand, a link where it leads somewhere. */
export function Ident({ id, to, whole = false, copy = false }: { id: string | null | undefined; to?: string | undefined; whole?: boolean; copy?: boolean }) {
  if (!id) return <Dash />;
  const shown = <code title={id} className={whole ? undefined : 'cut-short'}>{whole ? id : short(id)}</code>;
  return (
    <span className="ident">
      {to ? <Link to={to}>{shown}</Link> : shown}
      {copy && <Copy text={id} />}
    </span>
  );
}

/** A fingerprint for the telephone: numbered groups, large, so that neither loses the place. */
export function ReadOut({ text }: { text: string }) {
  return (
    <ol className="read-out">
      {groups(text).map((group, at) => (
        <li key={`${at}-${group}`}>
          <code>{group}</code>
        </li>
      ))}
    </ol>
  );
}

/** What two people read to each other over the telephone: groups of five. */
export function Fingerprint({ text }: { text: string }) {
  return (
    <span className="fingerprint" role="text">
      {groups(text).map((group, at) => (
        <code key={`${at}-${group}`}>{group}</code>
      ))}
    </span>
  );
}
