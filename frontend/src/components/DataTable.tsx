import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export type Column<T> = {
  key: string;
  label: string;
  numeric?: boolean;
  /** The column names its row for screen readers. */
  heading?: boolean;
  cell: (row: T) => ReactNode;
};

type DataTableProps<T> = {
  label: string;
  columns: Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
};

/** A dense table that scrolls sideways where the window is narrow. */
export function DataTable<T>({ label, columns, rows, keyOf }: DataTableProps<T>) {
  return (
    <Table.ScrollContainer minWidth={Math.min(640, columns.length * 130)} type="native">
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) =>
              column.label ? (
                <Table.Th key={column.key} scope="col" ta={column.numeric ? 'right' : undefined}>
                  {column.label}
                </Table.Th>
              ) : (
                // A column of buttons has no name, and a header without one would be announced as empty.
                <Table.Td key={column.key} />
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {columns.map((column) =>
                column.heading ? (
                  <Table.Th key={column.key} scope="row" fw={500}>
                    {column.cell(row)}
                  </Table.Th>
                ) : (
                  <Table.Td key={column.key} ta={column.numeric ? 'right' : undefined}>
                    {column.cell(row)}
                  </Table.Td>
                ),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
