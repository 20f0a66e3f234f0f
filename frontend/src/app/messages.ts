import type admin from '../features/admin/messages/en.json';
import type auditTrail from '../features/audit_trail/messages/en.json';
import type auth from '../features/auth/messages/en.json';
import type bulkUpload from '../features/bulk_upload/messages/en.json';
import type candidates from '../features/candidates/messages/en.json';
import type experiments from '../features/experiments/messages/en.json';
import type home from '../features/home/messages/en.json';
import type profile from '../features/profile/messages/en.json';
import type prompts from '../features/prompts/messages/en.json';
import type resumeAnalysis from '../features/resume_analysis/messages/en.json';
import type resumeUpload from '../features/resume_upload/messages/en.json';
import type system from '../features/system/messages/en.json';
import type webhooks from '../features/webhooks/messages/en.json';
import type app from './messages/en.json';

/** Every feature adds its messages here, so that a missing one does not compile; the folder's name is the key. */
export type Messages = {
  app: typeof app;
  admin: typeof admin;
  audit_trail: typeof auditTrail;
  auth: typeof auth;
  bulk_upload: typeof bulkUpload;
  candidates: typeof candidates;
  experiments: typeof experiments;
  home: typeof home;
  profile: typeof profile;
  prompts: typeof prompts;
  resume_analysis: typeof resumeAnalysis;
  resume_upload: typeof resumeUpload;
  system: typeof system;
  webhooks: typeof webhooks;
};
