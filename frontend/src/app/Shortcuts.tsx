import { Kbd, Table } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import { Dialog } from '@/components/Overlay';

const KEYS = {
  help: '?',
  search: '/',
  next: 'j',
  previous: 'k',
  evidence: 'Enter',
  accept: 'a',
  edit: 'e',
  reject: 'r',
  leave: 'Esc',
} as const;

/** The list of keys behind `?`. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t('shortcuts.title')}>
      <Table highlightOnHover={false}>
        <Table.Tbody>
          {Object.entries(KEYS).map(([action, key]) => (
            <Table.Tr key={action}>
              <Table.Th scope="row" fw={400}>
                {t(`shortcuts.${action as keyof typeof KEYS}`)}
              </Table.Th>
              <Table.Td ta="right">
                <Kbd>{key}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
