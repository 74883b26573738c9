// Entering a scenario: purpose and ground, where it goes, its data items.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useNavigate } from 'react-router';
import { post } from '../../api/client';
import { useAct, useParties, useRulebook, useTypes } from '../../api/queries';
import type { ScenarioIn } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { StepForm, type FormStep } from '../../kit/StepForm';
import { Country, usePartyName } from '../names';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { DIRECTIONS, optionsOf, ORIGINS, textOf, TIERS } from '../words';
import { t } from './register.text';
import { Coded } from './ScenarioPage';

type Answers = ScenarioIn;

const FRESH: Partial<Answers> = { sector: 'general', ground: 'none', direction: 'outbound', origin: 'domestic', tier: 'centre', outside: false, retention_days: 365 };

export function ScenarioEntryPage() {
  const { say } = useSay();
  const navigate = useNavigate();
  const enter = useAct((body: ScenarioIn) => post('/api/v1/scenarios', { body }), ['scenarios']);
  const steps = useSteps();
  if (!useMay('scenario.write')) return <ForbiddenPage action="scenario.write" />;
  return (
    <Page title={say(t.enter)} lead={say(t.entryLead)} crumbs={[{ text: t.title, to: '/register' }]}>
      <Block>
        <StepForm<Answers>
          name="scenario"
          steps={steps}
          initial={{ ...FRESH }}
          submitLabel={t.submit}
          submit={async (answers) => navigate(`/register/${(await enter.mutateAsync(answers)).id}`)}
        />
      </Block>
    </Page>
  );
}

function useSteps(): FormStep<Answers>[] {
  const { say } = useSay();
  const party = usePartyName();
  const parties = useParties();
  const book = useRulebook();
  const need = [{ required: true, message: say(t.need) }];
  const choice = (words: Readonly<Record<string, Text>>) => optionsOf(words).map((each) => ({ value: each.value, label: say(each.text) }));
  const named = (fact: string) =>
    Object.entries(book.data?.facts.find((each) => each.id === fact)?.values ?? {}).map(([value, name]) => ({ value, label: say(name) }));
  const recipients = (parties.data ?? []).filter((each) => each.kind === 'recipient');
  return [
    {
      title: t.stepPurpose,
      fields: ['title', 'purpose', 'ground', 'sector', 'retention_days'],
      body: (
        <>
          <div className="pair">
            <Form.Item name={['title', 'zh']} label={say(t.nameZh)} rules={need}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name={['title', 'en']} label={say(t.nameEn)} rules={need}>
              <Input maxLength={200} />
            </Form.Item>
          </div>
          <Form.Item name="purpose" label={say(t.purpose)} rules={need}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="ground" label={say(t.ground)} extra={say(t.groundHelp)} rules={need}>
            <Radio.Group className="stacked" options={named('ground')} />
          </Form.Item>
          <div className="pair">
            <Form.Item name="sector" label={say(t.sector)} rules={need}>
              <Input maxLength={32} />
            </Form.Item>
            <Form.Item name="retention_days" label={say(t.retention)} rules={need}>
              <InputNumber min={1} max={36600} precision={0} className="full" />
            </Form.Item>
          </div>
        </>
      ),
      summary: (a) => (
        <Detail wide lines={[[t.name, `${a.title?.zh} / ${a.title?.en}`], [t.purpose, a.purpose], [t.ground, <Coded key="g" fact="ground" value={a.ground} />], [t.sector, a.sector], [t.retention, say(t.days, { n: a.retention_days })]]} />
      ),
    },
    {
      title: t.stepWhere,
      fields: ['recipients', 'country', 'direction', 'origin', 'tier'],
      body: (
        <>
          <Form.Item name="recipients" label={say(shared.recipient)} rules={need} extra={recipients.length ? null : say(t.noRecipient)}>
            <Select mode="multiple" options={recipients.map((each) => ({ value: each.id, label: say(each.name) }))} />
          </Form.Item>
          <Form.Item name="country" label={say(shared.country)} extra={say(t.countryHelp)} rules={[{ required: true, pattern: /^[A-Z]{2}$/, message: say(t.countryHelp) }]}>
            <Input maxLength={2} />
          </Form.Item>
          <Form.Item name="direction" label={say(shared.direction)}>
            <Radio.Group options={choice(DIRECTIONS)} />
          </Form.Item>
          <Form.Item name="origin" label={say(shared.origin)}>
            <Radio.Group options={choice(ORIGINS)} />
          </Form.Item>
          <Form.Item name="tier" label={say(t.tier)}>
            <Radio.Group options={choice(TIERS)} />
          </Form.Item>
        </>
      ),
      summary: (a) => (
        <Detail wide lines={[[shared.recipient, (a.recipients ?? []).map(party).join(', ')], [shared.country, <Country key="c" code={a.country} />], [shared.direction, say(textOf(DIRECTIONS, a.direction ?? ''))], [t.tier, say(textOf(TIERS, a.tier ?? ''))]]} />
      ),
    },
    {
      title: t.stepItems,
      fields: ['items'],
      body: <Items />,
      summary: (a) => <Detail wide lines={(a.items ?? []).map((item) => [{ zh: item.name, en: item.name }, `${item.type} · ${say(item.need)}`] as const)} />,
    },
  ];
}

function Items() {
  const { say } = useSay();
  const types = useTypes();
  const need = [{ required: true, message: say(t.need) }];
  const options = (types.data ?? []).map((each) => ({ value: each.id, label: `${say(each.name)} (${each.id})` }));
  return (
    <Form.List name="items" initialValue={[{ type: 'text' }]}>
      {(fields, { add, remove }) => (
        <>
          {fields.map((field, at) => (
            <div key={field.key} className="item-row">
              <Form.Item name={[field.name, 'name']} label={say(t.itemName)} rules={need}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name={[field.name, 'type']} label={say(t.itemType)} rules={need}>
                {options.length ? <Select showSearch={{ optionFilterProp: 'label' }} options={options} /> : <Input maxLength={64} />}
              </Form.Item>
              <Form.Item name={[field.name, 'need', 'zh']} label={say(t.needZh)} rules={need}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name={[field.name, 'need', 'en']} label={say(t.needEn)} rules={need}>
                <Input maxLength={200} />
              </Form.Item>
              <Button icon={<DeleteOutlined />} aria-label={say(t.removeItem, { n: at + 1 })} disabled={fields.length === 1} onClick={() => remove(field.name)} />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ type: 'text' })}>
            {say(t.addItem)}
          </Button>
        </>
      )}
    </Form.List>
  );
}
