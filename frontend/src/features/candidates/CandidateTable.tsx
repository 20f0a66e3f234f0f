import { Anchor, Checkbox, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { CandidateItem } from '@/client';

type CandidateTableProps = {
  candidates: CandidateItem[];
  /** Null where nothing can be done with several. */
  chosen: ReadonlySet<string> | null;
  onChoose: (chosen: ReadonlySet<string>) => void;
};

export function CandidateTable({ candidates, chosen, onChoose }: CandidateTableProps) {
  const { t } = useTranslation('candidates');
  const all = chosen !== null && candidates.every(({ id }) => chosen.has(id));
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {chosen ? (
              <Table.Th w={40}>
                <Checkbox
                  size="xs"
                  aria-label={t('chooseAll')}
                  checked={all}
                  indeterminate={!all && chosen.size > 0}
                  onChange={() => onChoose(new Set(all ? [] : candidates.map(({ id }) => id)))}
                />
              </Table.Th>
            ) : null}
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('work')}</Table.Th>
            <Table.Th>{t('field.email')}</Table.Th>
            <Table.Th ta="right">{t('versions')}</Table.Th>
            <Table.Th>{t('lastUpload')}</Table.Th>
            <Table.Th>{t('status.label')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {candidates.map((candidate) => (
            <Row
              key={candidate.id}
              candidate={candidate}
              chosen={chosen?.has(candidate.id) ?? null}
              onChoose={() => onChoose(toggled(chosen ?? new Set(), candidate.id))}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type RowProps = { candidate: CandidateItem; chosen: boolean | null; onChoose: () => void };

function Row({ candidate, chosen, onChoose }: RowProps) {
  const { t } = useTranslation('candidates');
  const { name, day, number } = useFormats();
  const work = [candidate.current_position, candidate.current_company].filter(Boolean).join(', ');
  return (
    <Table.Tr>
      {chosen === null ? null : (
        <Table.Td>
          <Checkbox
            size="xs"
            aria-label={t('choose', { name: name(candidate) })}
            checked={chosen}
            onChange={onChoose}
          />
        </Table.Td>
      )}
      <Table.Th scope="row" fw={600}>
        <Anchor
          inherit
          renderRoot={(props) => (
            <Link to="/candidates/$candidateId" params={{ candidateId: candidate.id }} {...props} />
          )}
        >
          {name(candidate)}
        </Anchor>
      </Table.Th>
      <Table.Td>{work}</Table.Td>
      <Table.Td>{candidate.email}</Table.Td>
      <Table.Td ta="right">{number(candidate.total_resumes)}</Table.Td>
      <Table.Td>{candidate.last_resume_upload ? day(candidate.last_resume_upload) : ''}</Table.Td>
      <Table.Td>
        <Text size="sm" c={candidate.status === 'active' ? undefined : 'dimmed'}>
          {t(`status.${candidate.status}`)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}
