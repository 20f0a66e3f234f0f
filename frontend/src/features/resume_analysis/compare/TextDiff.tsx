import { Button, Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { Document } from '@/client';
import { QueryView } from '@/components/QueryView';
import classes from './Compare.module.css';
import { type Stretch, wordDiff } from './textDiff';

/** The two texts as one, with the words that went and came. */
export function TextDiff({ before, after }: { before: Document; after: Document }) {
  const { t } = useTranslation('resume_analysis');
  const language = after.language?.code ?? 'en';
  const same = before.text === after.text;
  const diff = useQuery({
    queryKey: ['resume_analysis', 'diff', before.source.sha256, after.source.sha256],
    queryFn: () => wordDiff(before.text, after.text, language),
    enabled: !same,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className={classes.part}>
      <Title order={2}>{t('comparing.text')}</Title>
      {same ? (
        <p className={classes.soft}>{t('comparing.sameText')}</p>
      ) : (
        <QueryView query={diff}>
          {(stretches) =>
            stretches ? (
              <Stretches stretches={stretches} language={language} />
            ) : (
              <p className={classes.soft}>{t('comparing.tooDifferent')}</p>
            )
          }
        </QueryView>
      )}
    </section>
  );
}

function Stretches({ stretches, language }: { stretches: Stretch[]; language: string }) {
  const { t } = useTranslation('resume_analysis');
  const [all, setAll] = useState(false);
  const folds = stretches.some(({ kind }) => kind === 'skipped');
  return (
    <>
      {folds ? (
        <Group my="xs">
          <Button variant="default" size="compact-sm" aria-pressed={all} onClick={() => setAll(!all)}>
            {t(all ? 'comparing.changesOnly' : 'comparing.wholeText')}
          </Button>
        </Group>
      ) : null}
      <div className={classes.diff} lang={language}>
        {stretches.map(({ text, kind }, index) => {
          // biome-ignore-start lint/suspicious/noArrayIndexKey: the stretches of a diff never change
          if (kind === 'added') return <ins key={index}>{text}</ins>;
          if (kind === 'removed') return <del key={index}>{text}</del>;
          if (kind === 'skipped' && !all) {
            return (
              <span key={index} className={classes.gap} lang={undefined}>
                {'\n⋯\n'}
              </span>
            );
          }
          return <span key={index}>{text}</span>;
          // biome-ignore-end lint/suspicious/noArrayIndexKey: the stretches of a diff never change
        })}
      </div>
    </>
  );
}
