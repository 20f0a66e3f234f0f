import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tell } from '@/app/notify';
import { useUser } from '@/app/session';
import { type AssignmentItem, unassignCandidate } from '@/client';
import { listAssignmentsOptions, listAssignmentsQueryKey } from '@/client/@tanstack/react-query.gen';
import { Dialog } from '@/components/Overlay';
import { QueryView } from '@/components/QueryView';
import { Refused } from '@/components/Refused';
import classes from './Candidate.module.css';
import { isLead } from './colleagues';

const Assign = lazy(() => import('./Assign').then((module) => ({ default: module.Assign })));

/** Who works with a candidate now, and who did. */
export function Assignments({ candidateId }: { candidateId: string }) {
  const { t } = useTranslation('candidates');
  const lead = isLead(useUser().role);
  const client = useQueryClient();
  const path = { candidate_id: candidateId };
  const query = useQuery(listAssignmentsOptions({ path }));
  const [asking, setAsking] = useState<'assign' | AssignmentItem | null>(null);
  const [past, setPast] = useState(false);
  const finished = (message: string) => {
    client.invalidateQueries({ queryKey: listAssignmentsQueryKey({ path }) });
    setAsking(null);
    tell(message);
  };
  return (
    <QueryView query={query}>
      {({ assignments }) => {
        const now = assignments.filter((assignment) => assignment.is_active);
        const before = assignments.filter((assignment) => !assignment.is_active);
        return (
          <>
            {now.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('nobodyAssigned')}
              </Text>
            ) : null}
            <ul className={classes.people}>
              {now.map((assignment) => (
                <Assigned
                  key={assignment.id}
                  assignment={assignment}
                  onEnd={lead ? () => setAsking(assignment) : undefined}
                />
              ))}
            </ul>
            <Group gap="sm">
              {lead ? (
                <Button size="compact-sm" variant="default" onClick={() => setAsking('assign')}>
                  {t('assign.title')}
                </Button>
              ) : null}
              {before.length > 0 ? (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-expanded={past}
                  onClick={() => setPast((open) => !open)}
                >
                  {t('formerly', { count: before.length })}
                </Button>
              ) : null}
            </Group>
            {past ? (
              <ul className={classes.people}>
                {before.map((assignment) => (
                  <Assigned key={assignment.id} assignment={assignment} />
                ))}
              </ul>
            ) : null}
            <Suspense>
              {asking === 'assign' ? (
                <Assign
                  candidateIds={[candidateId]}
                  onClose={() => setAsking(null)}
                  onDone={() => finished(t('assign.done', { count: 1 }))}
                />
              ) : null}
            </Suspense>
            {asking !== null && asking !== 'assign' ? (
              <End
                candidateId={candidateId}
                assignment={asking}
                onClose={() => setAsking(null)}
                onDone={() => finished(t('end.done'))}
              />
            ) : null}
          </>
        );
      }}
    </QueryView>
  );
}

function Assigned({ assignment, onEnd }: { assignment: AssignmentItem; onEnd?: () => void }) {
  const { t } = useTranslation('candidates');
  const { day } = useFormats();
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm">{assignment.user_name}</Text>
        {onEnd ? (
          <Anchor
            component="button"
            type="button"
            size="sm"
            className={classes.action}
            aria-label={t('end.of', { name: assignment.user_name })}
            onClick={onEnd}
          >
            {t('end.menu')}
          </Anchor>
        ) : null}
      </Group>
      <Text size="xs" c="dimmed">
        {t(`assignment.${assignment.assignment_type}`)} · {day(assignment.assigned_at)}
        {assignment.unassigned_at ? ` – ${day(assignment.unassigned_at)}` : ''}
        {assignment.unassigned_reason ? ` · ${assignment.unassigned_reason}` : ''}
      </Text>
    </li>
  );
}

type EndProps = {
  candidateId: string;
  assignment: AssignmentItem;
  onClose: () => void;
  onDone: () => void;
};

function End({ candidateId, assignment, onClose, onDone }: EndProps) {
  const { t } = useTranslation('candidates');
  const [reason, setReason] = useState('');
  const end = useMutation({
    mutationFn: () =>
      unassignCandidate({
        path: { candidate_id: candidateId, user_id: assignment.user_id },
        query: { reason },
        throwOnError: true,
      }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    end.mutate();
  };
  return (
    <Dialog opened onClose={onClose} title={t('end.of', { name: assignment.user_name })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('reason')}
            required
            withAsterisk={false}
            maxLength={255}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {end.error ? <Refused error={end.error} /> : null}
          <Button type="submit" loading={end.isPending}>
            {t('end.do')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
