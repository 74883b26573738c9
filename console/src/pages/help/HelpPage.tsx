import { useSay } from '../../i18n/lang';
import { Block, Page } from '../../kit/Page';
import { GLOSSARY } from './glossary.text';
import { t } from './help.text';

const LINE = [t.step1, t.step2, t.step3, t.step4, t.step5, t.step6, t.step7];

export function HelpPage() {
  const { say, lang } = useSay();
  return (
    <Page title={say(t.title)} lead={say(t.keys)}>
      <div className="pair">
        <Block title={say(t.line)}>
          <ol className="numbered">
            {LINE.map((step) => (
              <li key={step.en}>{say(step)}</li>
            ))}
          </ol>
        </Block>
        <Block title={say(t.verify)}>
          <div className="stack">
            <p>
              <a href="/which-way">{say(t.guide)}</a>
            </p>
            <p>{say(t.verifyLead)}</p>
            <p>
              <a href="/verify">{say(t.verifyPage)}</a>
            </p>
            <p>
              <a href="/verify/offline">{say(t.verifyOffline)}</a>
            </p>
          </div>
        </Block>
      </div>
      <Block title={say(t.glossary)}>
        <dl className="detail detail-wide">
          {GLOSSARY.map(({ word, means }) => (
            <div key={word.en}>
              <dt>
                <strong>{say(word)}</strong>
                <br />
                <span lang={lang === 'zh' ? 'en' : 'zh-CN'}>{lang === 'zh' ? word.en : word.zh}</span>
              </dt>
              <dd>{say(means)}</dd>
            </div>
          ))}
        </dl>
      </Block>
    </Page>
  );
}
