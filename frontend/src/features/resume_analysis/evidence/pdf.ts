import type { PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useState } from 'react';

const ASSETS = import.meta.env.DEV ? '/node_modules/pdfjs-dist/' : '/assets/pdf/';

async function open(bytes: ArrayBuffer): Promise<PDFDocumentProxy> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
  GlobalWorkerOptions.workerSrc = workerUrl;
  return getDocument({
    // The worker takes the buffer away; the original must stay for the next time.
    data: new Uint8Array(bytes.slice(0)),
    cMapUrl: `${ASSETS}cmaps/`,
    standardFontDataUrl: `${ASSETS}standard_fonts/`,
    wasmUrl: `${ASSETS}wasm/`,
    // The fonts that come along have the right widths; those of a machine may not.
    useSystemFonts: false,
  }).promise;
}

type Opened = { pdf: PDFDocumentProxy | null; error: unknown };

/** A PDF opened by PDF.js in its own thread, for as long as it is shown. */
export function usePdf(bytes: ArrayBuffer): Opened {
  const [opened, setOpened] = useState<Opened>({ pdf: null, error: null });
  useEffect(() => {
    let left = false;
    const opening = open(bytes);
    opening.then(
      (pdf) => left || setOpened({ pdf, error: null }),
      (error) => left || setOpened({ pdf: null, error }),
    );
    return () => {
      left = true;
      opening.then((pdf) => pdf.loadingTask.destroy()).catch(() => undefined);
    };
  }, [bytes]);
  return opened;
}
