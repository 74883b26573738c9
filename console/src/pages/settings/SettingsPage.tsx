import { Radio } from 'antd';
import { useSelf } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { change, useSettings, type Settings } from '../../i18n/settings';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { OneTimeCode } from './OneTimeCode';
import { t } from './settings.text';

export function SettingsPage() {
  const { say } = useSay();
  const me = useSelf();
  const settings = useSettings();
  return (
    <Page title={say(t.title)} lead={say(t.lead)}>
      <Block>
        <div className="stack">
          <Choice name="lang" title={t.language} settings={settings} options={[['zh', t.zh], ['en', t.en]]} />
          <Choice name="theme" title={t.colours} settings={settings} options={[['system', t.system], ['light', t.light], ['dark', t.dark]]} />
          <Choice name="zone" title={t.zone} settings={settings} options={[['Asia/Shanghai', t.shanghai], ['UTC', t.utc], ['local', t.local]]} />
          <p className="quiet small">{say(t.zoneNote)}</p>
        </div>
      </Block>
      <OneTimeCode />
      <Block title={say(t.you)}>
        <Detail
          wide
          lines={[
            [t.name, me.name],
            [t.party, say(me.party.name)],
            [t.roles, me.roles.map((role) => say(role.name)).join(' · ')],
            [t.actions, <span key="a">{me.actions.map((action) => <code key={action} className="cite">{action}</code>)}</span>],
          ]}
        />
      </Block>
    </Page>
  );
}

interface ChoiceProps<K extends keyof Settings> {
  readonly name: K;
  readonly title: Text;
  readonly settings: Settings;
  readonly options: readonly (readonly [Settings[K], Text])[];
}

function Choice<K extends keyof Settings>({ name, title, settings, options }: ChoiceProps<K>) {
  const { say } = useSay();
  return (
    <fieldset>
      <legend>
        <strong>{say(title)}</strong>
      </legend>
      <Radio.Group
        value={settings[name]}
        options={options.map(([value, text]) => ({ value, label: say(text) }))}
        onChange={(event) => change({ [name]: event.target.value as Settings[K] })}
      />
    </fieldset>
  );
}
