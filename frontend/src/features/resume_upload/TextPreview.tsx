import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '@/app/i18n';
import { getResumeOptions } from '@/client/@tanstack/react-query.gen';
import { SidePanel } from '@/components/Overlay';
import { QueryView } from '@/components/QueryView';
import { Warnings } from './ReadResume';
import classes from './Upload.module.css';

/** What a machine reads of a resume, as plain text. */
export function TextPreview({ resumeId, onClose }: { resumeId: string; onClose: () => void }) {
  const { t } = useTranslation('resume_upload');
  const resume = useQuery(getResumeOptions({ path: { resume_id: resumeId } }));
  return (
    <SidePanel opened onClose={onClose} size="lg" title={t('textTitle')}>
      <QueryView query={resume}>
        {({ extracted_text: text, language, warnings, original_filename: name }) => (
          <>
            <Text size="sm" c="dimmed" mb="sm">
              {name}
            </Text>
            <Warnings warnings={warnings} />
            {text ? (
              <div className={classes.text} lang={language ?? undefined}>
                {text}
              </div>
            ) : (
              <Text c="dimmed">{t('noText')}</Text>
            )}
          </>
        )}
      </QueryView>
    </SidePanel>
  );
}
