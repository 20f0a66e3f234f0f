import { ActionIcon, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { apiFile } from '@/app/api';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { Document } from '@/client';
import { Lines } from '@/components/QueryView';
import classes from './Evidence.module.css';
import type { Mark } from './marks';
import { PdfSheet } from './PdfSheet';
import { PictureSheet } from './PictureSheet';
import { usePdf } from './pdf';
import { type Choosing, Sheets } from './Sheets';
import { TextSheet } from './TextSheet';

type EvidenceProps = Choosing & {
  resumeId: string;
  document: Document;
  marks: readonly Mark[];
  hidden: readonly Mark[];
  showHidden: boolean;
  onShowHidden: (shown: boolean) => void;
};

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];

/** The left pane: the resume as it was uploaded, or as it was read, with the marks of the findings on it. */
export function Evidence({ resumeId, document, marks, hidden, ...rest }: EvidenceProps) {
  const { t } = useTranslation('resume_analysis');
  const { showHidden, onShowHidden, ...choosing } = rest;
  const [zoom, setZoom] = useState(1);
  const [asRead, setAsRead] = useState(false);
  const kind = document.source.kind;
  const drawn = kind === 'pdf' || kind === 'image';
  const shown = showHidden ? [...marks, ...hidden] : marks;
  const text = <TextSheet document={document} marks={marks} zoom={zoom} {...choosing} />;
  const sheets = { resumeId, document, marks: shown, zoom, ...choosing };

  return (
    <div className={classes.evidence}>
      <div className={classes.tools} role="toolbar" aria-label={t('evidence.tools')}>
        {drawn ? (
          <SegmentedControl
            size="xs"
            aria-label={t('evidence.view')}
            value={asRead ? 'text' : 'page'}
            onChange={(value) => setAsRead(value === 'text')}
            data={[
              { value: 'page', label: t('evidence.asUploaded') },
              { value: 'text', label: t('evidence.asRead') },
            ]}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('evidence.asRead')}
          </Text>
        )}
        {hidden.length > 0 && drawn && !asRead ? (
          <Switch
            size="xs"
            label={t('evidence.hidden', { count: hidden.length })}
            checked={showHidden}
            onChange={(event) => onShowHidden(event.currentTarget.checked)}
          />
        ) : null}
        <Zoom zoom={zoom} onZoom={setZoom} />
      </div>
      {drawn && !asRead ? (
        kind === 'pdf' ? (
          <PdfSheets {...sheets} fallback={text} />
        ) : (
          <PictureSheets {...sheets} />
        )
      ) : (
        text
      )}
    </div>
  );
}

type DrawnProps = Choosing & { resumeId: string; document: Document; marks: readonly Mark[]; zoom: number };

function PdfSheets({ resumeId, fallback, ...rest }: DrawnProps & { fallback: ReactNode }) {
  const { t } = useTranslation('resume_analysis');
  const file = useQuery({
    queryKey: ['resume_analysis', 'file', resumeId],
    queryFn: async () => (await apiFile(`/api/v1/resume_upload/${resumeId}/file`)).arrayBuffer(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (file.data) return <OpenedPdf bytes={file.data} fallback={fallback} {...rest} />;
  if (!file.error) return <Waiting />;
  return <NotDrawn reason={t('evidence.noFile')}>{fallback}</NotDrawn>;
}

type OpenedPdfProps = Omit<DrawnProps, 'resumeId'> & { bytes: ArrayBuffer; fallback: ReactNode };

function OpenedPdf({ bytes, document, fallback, ...rest }: OpenedPdfProps) {
  const { t } = useTranslation('resume_analysis');
  const { pdf, error } = usePdf(bytes);
  if (error) return <NotDrawn reason={t('evidence.notDrawn')}>{fallback}</NotDrawn>;
  if (!pdf) return <Waiting />;
  return (
    <Sheets
      pages={document.pages}
      language={document.language?.code}
      draw={(page, width) => <PdfSheet pdf={pdf} number={page.number} width={width} />}
      {...rest}
    />
  );
}

function PictureSheets({ resumeId, document, ...rest }: DrawnProps) {
  const { t } = useTranslation('resume_analysis');
  return (
    <Sheets
      pages={document.pages}
      language={document.language?.code}
      draw={(page) => (
        <PictureSheet
          resumeId={resumeId}
          number={page.number}
          label={t('evidence.page', { page: page.number })}
        />
      )}
      {...rest}
    />
  );
}

function Waiting() {
  return (
    <div className={classes.pane} aria-busy="true">
      <Lines />
    </div>
  );
}

function NotDrawn({ reason, children }: { reason: string; children: ReactNode }) {
  return (
    <>
      <p role="status" className={classes.notice}>
        {reason}
      </p>
      {children}
    </>
  );
}

function Zoom({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const { t } = useTranslation('resume_analysis');
  const { share } = useFormats();
  const smaller = ZOOMS.filter((step) => step < zoom).at(-1);
  const larger = ZOOMS.find((step) => step > zoom);
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('evidence.smaller')}
        disabled={smaller === undefined}
        onClick={() => onZoom(smaller ?? zoom)}
      >
        −
      </ActionIcon>
      <Text size="xs" w="2.75rem" ta="center" aria-live="polite">
        {share(zoom)}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('evidence.larger')}
        disabled={larger === undefined}
        onClick={() => onZoom(larger ?? zoom)}
      >
        +
      </ActionIcon>
    </Group>
  );
}
