import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const API = process.env.RESUME_REVIEW_ADDRESS ?? 'http://127.0.0.1:8000';

/** What PDF.js fetches on demand: tables of Asian characters, the standard fonts, decoders of pictures. */
function pdfAssets(): Plugin {
  return {
    name: 'pdf-assets',
    apply: 'build',
    writeBundle({ dir }) {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
        cpSync(here(`node_modules/pdfjs-dist/${folder}`), `${dir}/assets/pdf/${folder}`, { recursive: true });
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), pdfAssets()],
  resolve: { alias: { '@': here('src') } },
  // The server puts a fresh value in its place for every page.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../src/resume_review/web/static',
    emptyOutDir: true,
    // For older browsers `light-dark()` is rewritten in a way that the switch of themes defeats.
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    // An inlined picture or font would need a hole in the content policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'messages-en', test: /messages\/en\.json/ },
            { name: 'messages-ja', test: /messages\/ja\.json/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': API, '/health': API } },
});
