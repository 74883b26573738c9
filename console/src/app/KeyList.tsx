import { Modal } from 'antd';
import { useSay } from '../i18n/lang';
import { MENU } from './menu';
import { t } from './shell.text';

export function KeyList({ open, close }: { open: boolean; close: () => void }) {
  const { say } = useSay();
  const lines: [string[], string][] = [
    [['/'], say(t.keySearch)],
    [['?'], say(t.keyHelp)],
    [['↑', '↓'], say(t.keyRows)],
    [['Esc'], say(t.keyClose)],
    ...MENU.flatMap((group) => group.places).map((place): [string[], string] => [['g', place.key], say(t.keyGo, { name: say(place.text) })]),
  ];
  return (
    <Modal open={open} onCancel={close} footer={null} title={say(t.keys)}>
      <dl className="key-list">
        {lines.map(([keys, what]) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
