// Filters above a dense table. A real <table>; on narrow screens each row becomes a card. Arrow keys walk the rows.
import { CaretDownOutlined, CaretUpOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Input, Pagination, Radio } from 'antd';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useSay, type Text } from '../i18n/lang';
import { t } from './kit.text';
import { csvLine, save } from './save';
import { Loaded, type Asked } from './States';
import { PAGE_SIZE, useHeldBack, useListState, type Column, type Filter } from './useListState';

interface Props<Row> {
  readonly name: string;
  readonly caption: Text;
  readonly query: Asked<Row[]>;
  readonly id: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter<Row>[];
  readonly search: (row: Row) => string;
  readonly empty: ReactNode;
}

export function QueryTable<Row>(props: Props<Row>) {
  return <Loaded query={props.query}>{(rows) => <Listed {...props} rows={rows} />}</Loaded>;
}

function Listed<Row>({ rows, name, caption, id, columns, filters = [], search, empty }: Props<Row> & { rows: Row[] }) {
  const { say } = useSay();
  const idOf = useRef(id).current;
  const { shown, fresh, reveal } = useHeldBack(rows, idOf);
  const list = useListState(shown ?? [], columns, filters, search);
  const visible = list.matched.slice((list.page - 1) * PAGE_SIZE, list.page * PAGE_SIZE);
  if (rows.length === 0) return <>{empty}</>;
  const count = list.active ? say(t.found, { n: rows.length - fresh, m: list.matched.length }) : say(t.count, { n: rows.length - fresh });
  return (
    <div className="query-table">
      <div className="filters">
        <Input.Search
          allowClear
          data-search="list"
          className="filter-text"
          aria-label={say(t.search)}
          placeholder={say(t.search)}
          defaultValue={list.q}
          key={list.q}
          onSearch={(value) => list.set({ q: value.trim() || null })}
        />
        {filters.map((filter) => (
          <FilterChoice key={filter.key} filter={filter} value={list.params.get(filter.key) ?? ''} set={list.set} />
        ))}
        {list.active && (
          <Button type="link" onClick={() => list.set(Object.fromEntries([['q', null], ...filters.map((f) => [f.key, null])]))}>
            {say(t.clear)}
          </Button>
        )}
      </div>
      <div className="table-bar">
        <span aria-live="polite" className="quiet">
          {count}
        </span>
        <span>
          {fresh > 0 && (
            <Button size="small" onClick={reveal}>
              {say(t.fresh, { n: fresh })}
            </Button>
          )}
          <Button size="small" icon={<DownloadOutlined />} onClick={() => exportCsv(name, columns, list.matched, say)}>
            {say(t.exportCsv)}
          </Button>
        </span>
      </div>
      <table className="table" role="table" onKeyDown={walk}>
        <caption className="aloud">{say(caption)}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Head key={column.key} column={column} order={list.order} set={list.set} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {visible.map((row) => (
            <tr key={id(row)} role="row">
              {columns.map((column) => (
                <td key={column.key} role="cell" data-label={say(column.title)} className={column.align === 'end' ? 'end' : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
          {visible.length === 0 && (
            <tr role="row">
              <td role="cell" colSpan={columns.length} className="quiet">
                {say(t.nothing)}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {list.pages > 1 && (
        <Pagination
          current={list.page}
          pageSize={PAGE_SIZE}
          total={list.matched.length}
          showSizeChanger={false}
          onChange={(page) => list.set({ page: page === 1 ? null : String(page) })}
        />
      )}
    </div>
  );
}

function FilterChoice<Row>({ filter, value, set }: { filter: Filter<Row>; value: string; set: (part: Record<string, string | null>) => void }) {
  const { say } = useSay();
  const options = [{ value: '', label: say(t.all) }, ...filter.options.map((option) => ({ value: option.value, label: say(option.text) }))];
  return (
    <fieldset className="filter">
      <legend>{say(filter.title)}</legend>
      <Radio.Group optionType="button" size="small" options={options} value={value} onChange={(e) => set({ [filter.key]: (e.target.value as string) || null })} />
    </fieldset>
  );
}

function Head<Row>({ column, order, set }: { column: Column<Row>; order: string; set: (part: Record<string, string | null>) => void }) {
  const { say } = useSay();
  const title = say(column.title);
  const className = column.align === 'end' ? 'end' : undefined;
  if (!column.sort) {
    return (
      <th scope="col" role="columnheader" className={className}>
        {title}
      </th>
    );
  }
  const state = order === column.key ? 'ascending' : order === `-${column.key}` ? 'descending' : 'none';
  const next = state === 'ascending' ? `-${column.key}` : state === 'descending' ? null : column.key;
  return (
    <th scope="col" role="columnheader" aria-sort={state} className={className}>
      <button type="button" className="sort" title={say(t.sortBy, { name: title })} onClick={() => set({ sort: next })}>
        {title}
        {state === 'descending' ? <CaretDownOutlined aria-hidden /> : <CaretUpOutlined aria-hidden className={state === 'none' ? 'faint' : ''} />}
      </button>
    </th>
  );
}

/** Up and down move between the first links of the rows; Enter follows one, as any link. */
function walk(event: KeyboardEvent<HTMLTableElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('tbody tr > td:first-child a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const next = links[event.key === 'ArrowDown' ? at + 1 : at - 1];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

function exportCsv<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[], say: (text: Text) => string) {
  const cell = (column: Column<Row>, row: Row) => column.text?.(row) ?? String(column.sort?.(row) ?? '');
  const lines = [columns.map((column) => say(column.title)), ...rows.map((row) => columns.map((column) => cell(column, row)))];
  save(`${name}.csv`, `\ufeff${lines.map(csvLine).join('\r\n')}\r\n`, 'text/csv;charset=utf-8');
}
