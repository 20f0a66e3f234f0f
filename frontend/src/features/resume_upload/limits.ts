import { getLimitsOptions } from '@/client/@tanstack/react-query.gen';

/** What the server accepts; it changes with a release only. */
export const limitsOptions = () => ({ ...getLimitsOptions(), staleTime: Number.POSITIVE_INFINITY });
