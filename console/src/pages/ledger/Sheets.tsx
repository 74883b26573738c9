// Tables out and in. A wrong cell is told by name, and then nothing is entered.
import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { fetchBlob, upload } from '../../api/client';
import { useAct } from '../../api/queries';
import { useSay } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { save } from '../../kit/save';
import { t } from './ledger.text';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function Sheets({ mayImport }: { mayImport: boolean }) {
  const { say } = useSay();
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState(0);
  const take = useAct(
    (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return upload('/api/v1/ledger/import', form);
    },
    ['ledger'], ['chain'],
  ); // prettier-ignore
  const down = (path: string, name: string) => fetchBlob(path).then((data) => save(name, data, XLSX), setError);
  const chosen = (file: File | undefined) => {
    if (!file) return;
    setError(null);
    take.mutateAsync(file).then((rows) => setDone(rows.length), setError);
    if (input.current) input.current.value = '';
  };
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => void down('/api/v1/ledger/export', 'ledger.xlsx')}>
        {say(t.export)}
      </Button>
      {mayImport && (
        <>
          <Button onClick={() => void down('/api/v1/ledger/template', 'ledger-template.xlsx')}>{say(t.template)}</Button>
          <Button icon={<UploadOutlined />} loading={take.isPending} onClick={() => input.current?.click()}>
            {say(t.import)}
          </Button>
          <input ref={input} type="file" accept=".xlsx" hidden aria-label={say(t.import)} onChange={(event) => chosen(event.target.files?.[0])} />
        </>
      )}
      {done > 0 && <Note tone="ok" title={say(t.imported, { n: done })} />}
      {error !== null && <Refused error={error} />}
    </>
  );
}
