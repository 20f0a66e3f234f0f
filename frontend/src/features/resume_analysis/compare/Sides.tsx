import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { ReviewItem } from '@/client';
import { listReviewsOptions, listVersionsOptions } from '@/client/@tanstack/react-query.gen';
import { useNames } from '../result/names';
import type { CompareSearch } from '../search';
import classes from './Compare.module.css';

type SidesProps = {
  left: string | undefined;
  right: string | undefined;
  /** Whose reviews are offered; everybody's as long as no side is chosen. */
  candidateId: string | undefined;
  onChoose: (change: CompareSearch) => void;
};

const OFFERED = 50;

/** The two reviews, chosen from those of a candidate. */
export function Sides({ left, right, candidateId, onChoose }: SidesProps) {
  const { t } = useTranslation('resume_analysis');
  const { day } = useFormats();
  const names = useNames();
  const query = { candidate_id: candidateId, status: 'completed', page_size: OFFERED } as const;
  const reviews = useQuery(listReviewsOptions({ query }));
  const versions = useQuery({
    ...listVersionsOptions({ path: { candidate_id: candidateId ?? '' } }),
    enabled: candidateId !== undefined,
  });
  const numbers = new Map(versions.data?.resumes.map((resume) => [resume.id, resume.version_number]));
  const label = (review: ReviewItem) =>
    [
      candidateId ? null : review.candidate_name,
      numbers.has(review.resume_id)
        ? t('comparing.version', { number: numbers.get(review.resume_id) ?? '' })
        : review.file_name,
      names.industry(review.industry),
      day(review.created_at),
      review.overall_score,
    ]
      .filter((part) => part !== null && part !== undefined)
      .join(' · ');
  const side = (which: 'left' | 'right', chosen: string | undefined, other: string | undefined) => {
    const offered = (reviews.data?.analyses ?? []).filter((review) => review.id !== other);
    const known = !chosen || offered.some((review) => review.id === chosen);
    return (
      <NativeSelect
        label={t(`comparing.${which}`)}
        value={chosen ?? ''}
        onChange={(event) => onChoose({ [which]: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t('comparing.pick') },
          ...(known ? [] : [{ value: chosen, label: t('comparing.chosen') }]),
          ...offered.map((review) => ({ value: review.id, label: label(review) })),
        ]}
      />
    );
  };
  return (
    <div className={classes.sides}>
      {side('left', left, right)}
      {side('right', right, left)}
    </div>
  );
}
