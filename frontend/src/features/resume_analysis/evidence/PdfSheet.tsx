import type { PDFDocumentProxy, RenderTask, TextLayer } from 'pdfjs-dist';
import { useEffect, useRef } from 'react';
import classes from './Evidence.module.css';

type PdfSheetProps = {
  pdf: PDFDocumentProxy;
  number: number;
  /** Width of the page in CSS pixels. */
  width: number;
};

/** A page of a PDF: its picture, and over it its words, which can be selected and read aloud. */
export function PdfSheet({ pdf, number, width }: PdfSheetProps) {
  const picture = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let left = false;
    let task: RenderTask | null = null;
    let layer: TextLayer | null = null;
    const draw = async () => {
      const [page, library] = await Promise.all([pdf.getPage(number), import('pdfjs-dist')]);
      if (left || !picture.current || !words.current) return;
      const scale = width / page.getViewport({ scale: 1 }).width;
      const viewport = page.getViewport({ scale });
      const sharp = page.getViewport({ scale: scale * window.devicePixelRatio });
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(sharp.width);
      canvas.height = Math.round(sharp.height);
      canvas.setAttribute('aria-hidden', 'true');
      task = page.render({ canvas, viewport: sharp });
      const container = document.createElement('div');
      container.style.setProperty('--total-scale-factor', String(scale));
      layer = new library.TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
      await Promise.all([task.promise, layer.render()]);
      // The former drawing stays until the new one is whole: no flicker while zooming.
      picture.current.replaceChildren(canvas);
      words.current.replaceChildren(container);
      words.current.dataset.drawn = 'true';
    };
    draw().catch((error) => {
      if (!left) throw error;
    });
    return () => {
      left = true;
      task?.cancel();
      layer?.cancel();
    };
  }, [pdf, number, width]);

  return (
    <>
      <div ref={picture} className={classes.picture} />
      <div ref={words} className={classes.words} data-text-layer={number} />
    </>
  );
}
