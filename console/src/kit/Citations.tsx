// Citations: the instrument in Chinese, since that text is authoritative, and the English beside it.
import type { Citation } from '../api/types';
import { useSay } from '../i18n/lang';
import { t } from './decision.text';
import { Block } from './Page';

export function Cite({ of }: { of: Citation }) {
  return (
    <span className="cite" title={`${of.title.zh} / ${of.title.en} (${of.ref})`}>
      <span lang="zh-CN">{of.instrument}</span> {of.article}
    </span>
  );
}

export function Citations({ citations }: { citations: readonly Citation[] }) {
  const { say } = useSay();
  if (citations.length === 0) return null;
  return (
    <Block title={say(t.citations)}>
      <ul className="cites">
        {citations.map((citation) => (
          <li key={citation.ref}>
            <div lang="zh-CN">
              《{citation.title.zh}》 {citation.article}
            </div>
            <div className="quiet small" lang="en">
              {citation.title.en}
            </div>
            <code className="quiet">{citation.ref}</code>
          </li>
        ))}
      </ul>
      <p className="quiet small">{say(t.citeNote)}</p>
    </Block>
  );
}
