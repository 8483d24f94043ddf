import { Checkbox, Table, UnstyledButton } from '@mantine/core';
import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, type ReactNode, startTransition, useEffect, useState } from 'react';
import { useTexts } from '../texts/index.ts';

const features = tableFeatures({});

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Takes what room is left. */
  readonly isWide?: boolean;
}

interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly labelOf: (id: string) => string;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** What opens below a row. */
  readonly details?: (row: Row) => ReactNode;
  readonly selection?: Selection;
}

/** Rows and columns; on a telephone each row is a card with the titles beside its values (see kit.css). */
export function DataTable<Row extends RowData>({
  caption,
  rows,
  idOf,
  columns,
  details,
  selection,
}: DataTableProps<Row>) {
  const [open, setOpen] = useState<string>();
  const definitions = columns.map(({ id, title, cell }): ColumnDef<typeof features, Row> => ({
    id,
    header: title,
    cell: ({ row }) => cell(row.original),
  }));
  const drawn = useDrawn(rows);
  const table = useTable({ features, columns: definitions, data: drawn, getRowId: idOf });
  const width = columns.length + Number(details !== undefined) + Number(selection !== undefined);
  return (
    <Table.ScrollContainer minWidth={0}>
      <Table className="data-table" verticalSpacing="xs" highlightOnHover>
        <caption className="visually-hidden">{caption}</caption>
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {details !== undefined && <Table.Td className="narrow" />}
              {selection !== undefined && (
                <Table.Th scope="col" className="narrow">
                  <SelectAll ids={rows.map(idOf)} selection={selection} />
                </Table.Th>
              )}
              {group.headers.map((header, index) => (
                <Table.Th
                  key={header.id}
                  scope="col"
                  {...(columns[index]?.isWide === true ? { className: 'wide' } : {})}
                >
                  <table.FlexRender header={header} />
                </Table.Th>
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {table.getRowModel().rows.map((row) => (
            <Fragment key={row.id}>
              <Table.Tr {...(open === row.id ? { 'data-open': true } : {})}>
                {details !== undefined && (
                  <Table.Td className="narrow opener-cell">
                    <Opener isOpen={open === row.id} onToggle={() => setOpen(open === row.id ? undefined : row.id)} />
                  </Table.Td>
                )}
                {selection !== undefined && (
                  <Table.Td className="narrow">
                    <SelectOne id={row.id} selection={selection} />
                  </Table.Td>
                )}
                {row.getAllCells().map((cell, index) => (
                  <Table.Td key={cell.id} data-title={columns[index]?.title}>
                    <table.FlexRender cell={cell} />
                  </Table.Td>
                ))}
              </Table.Tr>
              {details !== undefined && open === row.id && (
                <Table.Tr className="opened">
                  <Table.Td colSpan={width}>{details(row.original)}</Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** More than a window shows. */
const FIRST_ROWS = 25;

/** The first lines of a long list stand there at once; the others are drawn behind them, and keep nobody from using the page. */
function useDrawn<Row>(rows: readonly Row[]): readonly Row[] {
  const isLong = rows.length > FIRST_ROWS;
  const [isWhole, setWhole] = useState(!isLong);
  useEffect(() => {
    if (isLong) startTransition(() => setWhole(true));
  }, [isLong]);
  return isWhole || !isLong ? rows : rows.slice(0, FIRST_ROWS);
}

function Opener({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }) {
  const { common } = useTexts();
  const Sign = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <UnstyledButton onClick={onToggle} aria-expanded={isOpen} aria-label={common.details} className="opener">
      <Sign size={16} aria-hidden />
    </UnstyledButton>
  );
}

function SelectAll({
  ids,
  selection: { chosen, onChoose },
}: {
  readonly ids: readonly string[];
  readonly selection: Selection;
}) {
  const { deliveries } = useTexts();
  const isAll = ids.length > 0 && ids.every((id) => chosen.has(id));
  return (
    <Checkbox
      size="xs"
      aria-label={deliveries.stuck.selectAll}
      checked={isAll}
      indeterminate={!isAll && chosen.size > 0}
      onChange={() => onChoose(new Set(isAll ? [] : ids))}
    />
  );
}

function SelectOne({
  id,
  selection: { chosen, onChoose, labelOf },
}: {
  readonly id: string;
  readonly selection: Selection;
}) {
  const toggled = () => (chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]);
  return (
    <Checkbox
      size="xs"
      aria-label={labelOf(id)}
      checked={chosen.has(id)}
      onChange={() => onChoose(new Set(toggled()))}
    />
  );
}
