// A file: its name, size and hash, and the link that fetches it.
import { DownloadOutlined, FileTextOutlined } from '@ant-design/icons';
import { Bytes, Ident } from './Show';

interface Props {
  readonly href?: string;
  readonly name: string;
  readonly size?: number;
  readonly sha256?: string;
  readonly download?: boolean;
}

export function DocumentLink({ href, name, size, sha256, download = true }: Props) {
  const icon = <span aria-hidden="true">{href && download ? <DownloadOutlined /> : <FileTextOutlined />} </span>;
  return (
    <span className="document">
      {href ? (
        <a href={href} {...(download ? { download: '' } : {})}>
          {icon}
          {name}
        </a>
      ) : (
        <span>
          {icon}
          {name}
        </span>
      )}
      {size !== undefined && (
        <span className="quiet">
          <Bytes size={size} />
        </span>
      )}
      {sha256 && <Ident id={sha256} copy />}
    </span>
  );
}
