import { Anchor, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { said } from '@/app/problems';
import type { BatchItemResponse, Decision, ReviewItem } from '@/client';
import { Score } from '@/components/Score';
import classes from './Batch.module.css';
import { proposal } from './decisions';

type ItemProps = {
  item: BatchItemResponse;
  review: ReviewItem | undefined;
  busy: boolean;
  onDecide: (decision: Decision) => void;
  onChoose: () => void;
};

export function Item({ item, review, busy, onDecide, onChoose }: ItemProps) {
  const { bytes } = useFormats();
  return (
    <>
      <div>
        <Text size="sm" className={classes.name}>
          {item.filename}
        </Text>
        <Text size="xs" c="dimmed">
          {bytes(item.file_size)}
        </Text>
      </div>
      <div>
        <Whose item={item} />
        {item.message ? (
          <Text
            size="xs"
            lang={said(item.code, item.message).lang}
            c={item.status === 'error' ? 'var(--mantine-color-error)' : 'dimmed'}
          >
            {said(item.code, item.message).text}
          </Text>
        ) : null}
      </div>
      <div className={classes.actions}>
        {item.status === 'waiting' ? (
          <Choices item={item} busy={busy} onDecide={onDecide} onChoose={onChoose} />
        ) : (
          <Outcome review={review} />
        )}
      </div>
    </>
  );
}

function Whose({ item }: { item: BatchItemResponse }) {
  const { t } = useTranslation('bulk_upload');
  const { name } = useFormats();
  const { candidate, contact, status, match } = item;
  if (status === 'completed' && candidate) {
    return (
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link to="/candidates/$candidateId" params={{ candidateId: candidate.id }} {...props} />
        )}
      >
        {name(candidate)}
      </Anchor>
    );
  }
  if (status !== 'waiting') {
    return (
      <Text size="sm" c={status === 'error' ? 'var(--mantine-color-error)' : 'dimmed'}>
        {t(`state.${status}`)}
      </Text>
    );
  }
  return (
    <>
      <Text size="sm">{candidate ? name(candidate) : (contact?.name ?? t('nameless'))}</Text>
      <Text size="xs" c={match === 'email' || match === 'none' ? 'dimmed' : 'var(--band-fair)'}>
        {t(`match.${match ?? 'none'}`, { email: contact?.email ?? t('noEmail') })}
      </Text>
    </>
  );
}

type ChoicesProps = Pick<ItemProps, 'item' | 'busy' | 'onDecide' | 'onChoose'>;

function Choices({ item, busy, onDecide, onChoose }: ChoicesProps) {
  const { t } = useTranslation('bulk_upload');
  const proposed = proposal(item);
  const named = { name: item.filename };
  return (
    <>
      {proposed ? (
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          aria-label={t(item.candidate ? 'confirmOf' : 'createOf', named)}
          onClick={() => onDecide(proposed)}
        >
          {t(item.candidate ? 'confirm' : 'create')}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={busy}
        aria-label={t('chooseOf', named)}
        onClick={onChoose}
      >
        {t('choose')}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={busy}
        aria-label={t('skipOf', named)}
        onClick={() => onDecide({ item_id: item.id, skip: true })}
      >
        {t('skip')}
      </Button>
    </>
  );
}

function Outcome({ review }: { review: ReviewItem | undefined }) {
  const { t } = useTranslation('bulk_upload');
  const { t: common } = useTranslation();
  if (!review) return null;
  return (
    <Anchor
      size="sm"
      aria-label={t('reviewOf', { name: review.candidate_name })}
      renderRoot={(props) => <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} {...props} />}
    >
      {review.status === 'completed' ? (
        <Score score={review.overall_score} />
      ) : (
        common(`status.${review.status}`)
      )}
    </Anchor>
  );
}
