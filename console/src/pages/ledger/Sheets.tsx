// Tables out and in. A wrong cell is told by name, and then nothing is entered.
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { fetchBlob, upload } from '../../api/client';
import { useAct } from '../../api/queries';
import { useSay } from '../../i18n/lang';
import { FileButton } from '../../kit/FileButton';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { save } from '../../kit/save';
import { t } from './ledger.text';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function Sheets({ mayImport }: { mayImport: boolean }) {
  const { say } = useSay();
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
  const chosen = (file: File) => {
    setError(null);
    take.mutateAsync(file).then((rows) => setDone(rows.length), setError);
  };
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => void down('/api/v1/ledger/export', 'ledger.xlsx')}>
        {say(t.export)}
      </Button>
      {mayImport && (
        <>
          <Button onClick={() => void down('/api/v1/ledger/template', 'ledger-template.xlsx')}>{say(t.template)}</Button>
          <FileButton accept=".xlsx" loading={take.isPending} onFile={chosen}>
            {say(t.import)}
          </FileButton>
        </>
      )}
      {done > 0 && <Note tone="ok" title={say(t.imported, { n: done })} />}
      {error !== null && <Refused error={error} />}
    </>
  );
}
