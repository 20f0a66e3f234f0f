import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { DocumentPage } from '@/client';
import classes from './Evidence.module.css';
import { fittingScale, toPixels } from './geometry';
import { type Mark, markAt } from './marks';
import { usePointing } from './pointing';
import { reveal } from './reveal';

export type Choosing = {
  chosen: string | null;
  lit: string | null;
  onChoose: (id: string) => void;
  onLight: (id: string | null) => void;
};

type SheetsProps = Choosing & {
  pages: DocumentPage[];
  marks: readonly Mark[];
  zoom: number;
  language: string | undefined;
  /** What is drawn on a page of this width in CSS pixels. */
  draw: (page: DocumentPage, width: number) => ReactNode;
};

const GUTTER_PX = 32;
const NEAR = '800px';

/** The pages one below the other, each drawn when it comes near, with the marks over them at any zoom. */
export function Sheets({ pages, marks, zoom, language, draw, ...choosing }: SheetsProps) {
  const { t } = useTranslation('resume_analysis');
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const pane = useRef<HTMLDivElement>(null);
  const both = useMergedRef(measured, pane);
  const { chosen, onChoose, onLight } = choosing;

  usePointing(pane, {
    find: (event) => {
      const sheet = (event.target as Element).closest<HTMLElement>('[data-page]');
      if (!sheet) return null;
      const place = sheet.getBoundingClientRect();
      const scale = Number(sheet.dataset.scale);
      const x = (event.clientX - place.left) / scale;
      const y = (event.clientY - place.top) / scale;
      return markAt(marks, Number(sheet.dataset.page), x, y)?.id ?? null;
    },
    onChoose,
    onLight,
  });
  const ready = width > 0;
  useEffect(() => {
    if (!chosen || !ready) return;
    const first = pane.current?.querySelector(`[data-finding="${CSS.escape(chosen)}"]`);
    if (first) reveal(first, pane.current);
  }, [chosen, ready]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={both} className={classes.pane} aria-label={t('evidence.label')} tabIndex={0}>
      {ready
        ? pages.map((page) => {
            const scale = fittingScale(page.width, width - GUTTER_PX, zoom);
            return (
              <Sheet
                key={page.number}
                page={page}
                scale={scale}
                language={language}
                marks={marks.filter((mark) => mark.page === page.number)}
                {...choosing}
              >
                {draw(page, page.width * scale)}
              </Sheet>
            );
          })
        : null}
    </section>
  );
}

type SheetProps = Choosing & {
  page: DocumentPage;
  scale: number;
  language: string | undefined;
  marks: Mark[];
  children: ReactNode;
};

function Sheet({ page, scale, language, marks, children, chosen, lit }: SheetProps) {
  const { t } = useTranslation('resume_analysis');
  const frame = useRef<HTMLElement>(null);
  const near = useNear(frame);
  const size = { width: page.width * scale, height: page.height * scale };
  return (
    <article
      ref={frame}
      className={classes.sheet}
      style={size}
      lang={language}
      data-page={page.number}
      data-scale={scale}
      aria-label={t('evidence.page', { page: page.number })}
    >
      {near ? children : null}
      <div className={classes.marks} aria-hidden="true">
        {marks.flatMap((mark) =>
          mark.boxes.map((box, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the boxes of a finding never change
              key={`${mark.id}-${mark.start}-${index}`}
              className={classes.mark}
              style={toPixels(box, scale)}
              data-finding={mark.id}
              data-box={index}
              data-kind={mark.kind}
              data-severity={mark.severity}
              data-state={mark.id === chosen ? 'chosen' : mark.id === lit ? 'lit' : undefined}
              title={mark.kind === 'hidden' ? mark.label : undefined}
            />
          )),
        )}
      </div>
    </article>
  );
}

function useNear(frame: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: frame.current.parentElement,
      rootMargin: NEAR,
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return near;
}
