import { ApiError } from './api';
import { translator } from './i18n';
import { saidBy } from './problems';

// Not in the first load: nothing is told before something was done.
const store = () => import('@mantine/notifications').then((module) => module.notifications);

/** Says that something was done. */
export async function tell(message: string): Promise<void> {
  (await store()).show({ message, withBorder: true });
}

/** Says why something was not done. */
export async function tellFailure(error: unknown): Promise<void> {
  const t = translator('app');
  const known = error instanceof ApiError ? error : null;
  (await store()).show({
    title: t('state.failed'),
    message: known?.offline ? t('state.unreachable') : (saidBy(error)?.text ?? t('state.crashedHint')),
    color: 'rust',
    withBorder: true,
    autoClose: 10_000,
  });
}
