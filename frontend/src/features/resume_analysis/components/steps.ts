/** The steps that a person is shown, in order; those of a model only where one is asked. */
const ALL = ['queued', 'read', 'judge', 'structure', 'appeal', 'summary'] as const;
const OF_MODELS = new Set<string>(['structure', 'appeal', 'summary']);

export type ShownStep = (typeof ALL)[number];
export type StepState = 'done' | 'now' | 'later';

/** The state of every shown step when the review is at `current`, a step of the server. */
export function stepStates(current: string, asksModels: boolean): [ShownStep, StepState][] {
  const steps = ALL.filter((step) => asksModels || !OF_MODELS.has(step));
  // Between the judging and the first question a model's materials are prepared.
  const at = steps.findIndex((step) => step === (current === 'prepare' ? 'judge' : current));
  return steps.map((step, index) => [
    step,
    current === 'done' || index < at ? 'done' : index === at ? 'now' : 'later',
  ]);
}

/** Milliseconds that such a review usually still needs; null when it is not known or already late. */
export function timeLeft(elapsed: number, expected: number | null): number | null {
  return expected === null || elapsed >= expected ? null : expected - elapsed;
}
