import { Box, Radio, Stack } from '@mantine/core';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { BatchItemResponse } from '@/client';
import { CandidateFields } from '@/features/candidates/CandidateFields';
import { CandidateSearch } from '@/features/candidates/CandidateSearch';
import type { Whose } from './whose';

type CandidateChoiceProps = {
  item: BatchItemResponse;
  value: Whose;
  onChange: (value: Whose) => void;
  errors?: Record<string, string>;
};

/** Whose a file is: the candidate it names, a new one with what was read, or another one. */
export function CandidateChoice({ item, value, onChange, errors }: CandidateChoiceProps) {
  const { t } = useTranslation('resume_upload');
  const { name } = useFormats();
  const { candidate, contact, match } = item;
  return (
    <Radio.Group
      aria-label={t('whose.label')}
      value={value.mode}
      onChange={(mode) => onChange({ ...value, mode: mode as Whose['mode'] })}
    >
      <Stack gap="sm">
        {candidate ? (
          <Radio
            value="proposed"
            label={name(candidate)}
            description={
              match === 'email'
                ? t('whose.sameEmail', { email: candidate.email ?? '' })
                : t('whose.sameName', {
                    known: candidate.email ?? t('whose.noEmail'),
                    read: contact?.email ?? t('whose.noEmail'),
                  })
            }
          />
        ) : null}
        <Radio
          value="new"
          label={t('whose.new')}
          description={contact?.name ? t('whose.newRead', { name: contact.name }) : t('whose.newUnread')}
        />
        {value.mode === 'new' ? (
          <Box pl="xl">
            <CandidateFields
              value={value.details}
              onChange={(details) => onChange({ ...value, details })}
              errors={errors}
            />
          </Box>
        ) : null}
        <Radio
          value="other"
          label={t('whose.other')}
          description={match === 'ambiguous' ? t('whose.ambiguous') : undefined}
        />
        {value.mode === 'other' ? (
          <Box pl="xl">
            <CandidateSearch value={value.otherId} onChange={(otherId) => onChange({ ...value, otherId })} />
          </Box>
        ) : null}
      </Stack>
    </Radio.Group>
  );
}
