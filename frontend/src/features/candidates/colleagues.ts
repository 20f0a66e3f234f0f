import { useQuery } from '@tanstack/react-query';
import { useUser } from '@/app/session';
import type { UserRole } from '@/client';
import { listColleaguesOptions } from '@/client/@tanstack/react-query.gen';

const RARELY_MS = 5 * 60_000;

/** Who may hand candidates over, erase them, and see who else there is. */
export function isLead(role: UserRole): boolean {
  return role !== 'junior_recruiter';
}

/** All colleagues with an account; nobody for those who may not know. */
export function useColleagues() {
  const lead = isLead(useUser().role);
  const query = useQuery({ ...listColleaguesOptions(), enabled: lead, staleTime: RARELY_MS });
  return query.data?.users ?? [];
}
