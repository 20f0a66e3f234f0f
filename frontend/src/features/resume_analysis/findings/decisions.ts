import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { tellFailure } from '@/app/notify';
import { useUser } from '@/app/session';
import {
  type DecideOneOfManyRequest,
  decideFinding,
  decideFindings,
  type FeedbackDecision,
  type FindingList,
  type FindingResponse,
} from '@/client';
import { listColleaguesOptions, listFindingsQueryKey } from '@/client/@tanstack/react-query.gen';

const MOST_AT_ONCE = 200;

export type Deciding = { findings: FindingResponse[]; decision: FeedbackDecision; text?: string };

/** Replaces those of a list that have come back; the order stays. */
export function replaced(list: FindingList, changed: FindingResponse[]): FindingList {
  const byId = new Map(changed.map((finding) => [finding.id, finding]));
  return { ...list, findings: list.findings.map((finding) => byId.get(finding.id) ?? finding) };
}

/** Decides about findings: seen at once, taken back with a word when the server refuses. */
export function useDecisions(reviewId: string) {
  const queries = useQueryClient();
  const { id: userId } = useUser();
  const path = { analysis_id: reviewId };
  const queryKey = listFindingsQueryKey({ path });
  const put = (changed: FindingResponse[]) =>
    queries.setQueryData<FindingList>(queryKey, (list) => list && replaced(list, changed));

  return useMutation({
    // One after the other: a version is known only once the decision before it has been taken.
    scope: { id: `decide-${reviewId}` },
    mutationFn: (deciding: Deciding) => send(path, deciding),
    onMutate: async ({ findings, decision, text }: Deciding) => {
      await queries.cancelQueries({ queryKey });
      const decided_at = new Date().toISOString();
      put(
        findings.map((finding) => ({
          ...finding,
          decision,
          edited_text: text ?? null,
          decided_by_user_id: userId,
          decided_at,
          decision_version: finding.decision_version + 1,
        })),
      );
    },
    onSuccess: put,
    onError: async (error, { findings }) => {
      put(findings);
      await tellFailure(error);
      await queries.invalidateQueries({ queryKey });
    },
  });
}

async function send(
  path: { analysis_id: string },
  { findings, decision, text }: Deciding,
): Promise<FindingResponse[]> {
  const [only] = findings;
  if (only && findings.length === 1) {
    const body = { decision, edited_text: text, expected_version: only.decision_version };
    const { data } = await decideFinding({
      path: { ...path, finding_id: only.id },
      body,
      throwOnError: true,
    });
    return [data];
  }
  const decisions = findings.map<DecideOneOfManyRequest>((finding) => ({
    id: finding.id,
    decision,
    expected_version: finding.decision_version,
  }));
  const decided: FindingResponse[] = [];
  for (let at = 0; at < decisions.length; at += MOST_AT_ONCE) {
    const body = { decisions: decisions.slice(at, at + MOST_AT_ONCE) };
    const { data } = await decideFindings({ path, body, throwOnError: true });
    decided.push(...data.findings);
  }
  return decided;
}

/** The name of a colleague by id; null while it is not known. */
export function useColleague(id: string | null): string | null {
  const { name } = useFormats();
  const me = useUser();
  const mine = id === me.id;
  const directory = useQuery({
    ...listColleaguesOptions(),
    enabled: id !== null && !mine,
    staleTime: 600_000,
  });
  return mine ? name(me) : (directory.data?.users.find((user) => user.id === id)?.full_name ?? null);
}
