import { Anchor, Collapse, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import { type MessageKey, useTranslation } from '@/app/i18n';
import type { LimitsResponse } from '@/client';
import type { Choice } from './choice';
import classes from './Upload.module.css';

const LEVELS = ['entry', 'mid', 'senior', 'executive'] as const;

type ReviewChoiceProps = {
  limits: LimitsResponse;
  value: Choice;
  onChange: (value: Choice) => void;
  /** Start was pressed without an industry. */
  missing?: boolean;
  /** Reviews of many files share industry, depth and language only. */
  many?: boolean;
};

/** What a resume is judged for: the industry in sight, the rest behind one line that says how it stands. */
export function ReviewChoice({ limits, value, onChange, missing = false, many = false }: ReviewChoiceProps) {
  const { t } = useTranslation('resume_upload');
  const { t: common, language } = useTranslation();
  const [open, { toggle }] = useDisclosure();
  const more = useId();
  const type = value.review_type ?? 'comprehensive';
  const now = [
    common(`reviewType.${type}`),
    common(`language.${value.language ?? language}`),
    value.experience_level ? common(`tier.${value.experience_level}`) : null,
    value.target_role || null,
  ];
  return (
    <Stack gap="md">
      <Radio.Group
        aria-label={common('industry.label')}
        value={value.industry}
        onChange={(industry) => onChange({ ...value, industry })}
        error={missing && !value.industry ? t('choice.missing') : undefined}
      >
        <Stack gap="xs">
          {limits.supported_industries.map((code) => (
            <Radio
              key={code}
              value={code}
              label={common(`industry.${code}` as MessageKey<'app'>)}
              description={t(`industry.${code}` as MessageKey<'resume_upload'>)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <div>
        <Text size="sm" c="dimmed">
          {now.filter(Boolean).join(' · ')}{' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            className={classes.inlineButton}
            aria-expanded={open}
            aria-controls={more}
            onClick={toggle}
          >
            {t(open ? 'choice.less' : 'choice.more')}
          </Anchor>
        </Text>
        <Collapse expanded={open} id={more}>
          <Stack gap="sm" pt="sm" maw={360}>
            <NativeSelect
              label={common('reviewType.label')}
              value={type}
              onChange={(event) =>
                onChange({ ...value, review_type: event.currentTarget.value as Choice['review_type'] })
              }
              data={limits.supported_review_types.map((code) => ({
                value: code,
                label: common(`reviewType.${code}`),
              }))}
            />
            <NativeSelect
              label={t('choice.language')}
              value={value.language ?? language}
              onChange={(event) =>
                onChange({ ...value, language: event.currentTarget.value as Choice['language'] })
              }
              data={limits.supported_languages.map((code) => ({
                value: code,
                label: common(`language.${code}`),
              }))}
            />
            {many ? null : (
              <>
                <NativeSelect
                  label={t('choice.level')}
                  value={value.experience_level ?? ''}
                  onChange={(event) =>
                    onChange({
                      ...value,
                      experience_level: LEVELS.find((level) => level === event.currentTarget.value) ?? null,
                    })
                  }
                  data={[
                    { value: '', label: t('choice.anyLevel') },
                    ...LEVELS.map((level) => ({ value: level, label: common(`tier.${level}`) })),
                  ]}
                />
                <TextInput
                  label={t('choice.role')}
                  placeholder={t('choice.roleHint')}
                  value={value.target_role ?? ''}
                  onChange={(event) => onChange({ ...value, target_role: event.currentTarget.value || null })}
                />
              </>
            )}
          </Stack>
        </Collapse>
      </div>
    </Stack>
  );
}
