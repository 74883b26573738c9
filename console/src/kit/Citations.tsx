// Citations: the instrument in Chinese, since that text is authoritative, and the English beside it.
import { useRulebook } from '../api/queries';
import type { Citation } from '../api/types';
import { useSay } from '../i18n/lang';
import { t } from './decision.text';
import { Block } from './Page';

const STATE = /^\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd/; // the name of the state, before the name of a law

/** `8(1)` as the language writes it; what is no number (an annex, a question) stands as it is. */
function useArticle(): (article: string) => string {
  const { say } = useSay();
  return (article) => {
    const [, number, rest = ''] = /^(\d+)(.*)$/.exec(article) ?? [];
    return number ? say(t.article, { number, rest }) : article;
  };
}

export function Cite({ of }: { of: Citation }) {
  const { lang } = useSay();
  const article = useArticle();
  const short = lang === 'zh' ? of.title.zh.replace(STATE, '') : of.instrument;
  return (
    <span className="cite" title={`${of.title.zh} / ${of.title.en} (${of.ref})`}>
      {short} {article(of.article)}
    </span>
  );
}

/** A citation of which only the reference is known: `cn/pipl-2021#55`. */
export function LawRef({ of }: { of: string }) {
  const { say, lang } = useSay();
  const article = useArticle();
  const [id = '', place = ''] = of.split('#');
  const title = useRulebook().data?.sources[id]?.title;
  if (!title) return <code className="cite">{of}</code>;
  return (
    <span className="cite" title={`${title.zh} / ${title.en} (${of})`}>
      {lang === 'zh' ? title.zh.replace(STATE, '') : say(title)} {article(place)}
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
          <Full key={citation.ref} of={citation} />
        ))}
      </ul>
      <p className="quiet small">{say(t.citeNote)}</p>
    </Block>
  );
}

function Full({ of }: { of: Citation }) {
  const { say } = useSay();
  const article = useArticle();
  const source = useRulebook().data?.sources[of.ref.split('#')[0] ?? ''];
  return (
    <li>
      <div lang="zh-CN">
        《{of.title.zh}》 {article(of.article)}
      </div>
      <div className="quiet small" lang="en">
        {of.title.en}
      </div>
      <div className="small">
        <code className="quiet">{of.ref}</code>
        {source?.url && (
          <>
            {' '}
            <a href={source.url} rel="noreferrer">
              {say(t.official)}
            </a>
          </>
        )}
      </div>
    </li>
  );
}
