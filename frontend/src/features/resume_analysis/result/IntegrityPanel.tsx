import { Stack, Switch, Table } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import type { Document, DocumentIntegrityMark } from '@/client';
import { useNames } from './names';
import { Part } from './Overview';
import classes from './Result.module.css';

type IntegrityPanelProps = {
  marks: DocumentIntegrityMark[];
  document: Document;
  placed: number;
  showHidden: boolean;
  onShowHidden: (shown: boolean) => void;
};

/** To a person these look like ordinary words; of the others there is nothing to see. */
const LOOKS_ORDINARY = new Set([
  'homoglyph',
  'bidi_override',
  'actual_text',
  'addressed_to_ai',
  'zero_width',
]);

/** What a person sees against what a machine reads. */
export function IntegrityPanel({ marks, document, placed, showHidden, onShowHidden }: IntegrityPanelProps) {
  const { t } = useTranslation('resume_analysis');
  const names = useNames();
  const glitches = document.layout.glitches ?? [];
  const { code: language } = document.language ?? { code: undefined };
  return (
    <Stack gap="lg" className={classes.overview}>
      <Part title={t('integrity.title')} hint={t(marks.length > 0 ? 'integrity.note' : 'integrity.clean')}>
        {placed > 0 ? (
          <Switch
            my="xs"
            label={t('evidence.hidden', { count: placed })}
            checked={showHidden}
            onChange={(event) => onShowHidden(event.currentTarget.checked)}
          />
        ) : null}
        {marks.length > 0 ? (
          <Table highlightOnHover={false} className={classes.against}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('integrity.what')}</Table.Th>
                <Table.Th>{t('integrity.person')}</Table.Th>
                <Table.Th>{t('integrity.machine')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {marks.map((mark, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: marks have no id and never change
                <Table.Tr key={index}>
                  <Table.Th scope="row">
                    {names.integrity(mark.kind)}
                    {mark.page ? (
                      <span className={classes.soft}> · {t('place.page', { page: mark.page })}</span>
                    ) : null}
                    {mark.detail ? <p className={classes.soft}>{mark.detail}</p> : null}
                  </Table.Th>
                  <Table.Td>
                    {t(LOOKS_ORDINARY.has(mark.kind) ? 'integrity.ordinary' : 'integrity.nothing')}
                  </Table.Td>
                  <Table.Td>
                    {mark.text ? (
                      <q lang={language} className={classes.machine}>
                        {mark.text}
                      </q>
                    ) : (
                      '–'
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ) : null}
      </Part>
      {glitches.length > 0 ? (
        <Part title={t('integrity.glitches')} hint={t('integrity.glitchesNote')}>
          <ul className={classes.plain}>
            {glitches.map((glitch) => (
              <li key={glitch.start}>
                <q lang={language}>{document.text.slice(glitch.start, glitch.end)}</q>{' '}
                <span className={classes.soft}>{t(`integrity.glitch.${glitch.kind}`)}</span>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
    </Stack>
  );
}
