// A button that asks for one file. The same file may be chosen again.
import { UploadOutlined } from '@ant-design/icons';
import { Button, type ButtonProps } from 'antd';
import { useRef } from 'react';

interface Props extends Omit<ButtonProps, 'onClick' | 'icon'> {
  readonly accept?: string;
  readonly onFile: (file: File) => void;
}

export function FileButton({ accept, onFile, ...button }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
      <Button icon={<UploadOutlined />} {...button} onClick={() => chooser.current?.click()} />
    </>
  );
}
