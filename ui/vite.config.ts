import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

/** The version of the Python package is the version of the element. */
const version = /^version = "(.+)"$/m.exec(
  readFileSync(new URL('../pyproject.toml', import.meta.url), 'utf8'),
)![1]!;

export default defineConfig({
  // Chunks are found beside the script, on whatever host and path it was loaded from.
  base: './',
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    outDir: '../chatkit_host/web/static',
    emptyOutDir: true,
    target: 'es2022',
    // The helper for preloading is for sites with style sheets of their own; we have none.
    modulePreload: false,
    // Never as data: URLs, which a strict font-src forbids.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      input: {
        element: 'src/index.ts',
        page: 'src/page/page.ts',
        style: 'src/page/page.css',
        gallery: 'src/gallery/gallery.ts',
      },
      output: {
        // Chunks import the element's file: it has one name, and `chatkit.js` only imports it.
        entryFileNames: (chunk) =>
          chunk.name === 'element' ? `chatkit-${version}.js` : 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
    manifest: 'manifest.json',
  },
  // Tests read what the Python side knows.
  server: { fs: { allow: ['..'] } },
  test: { include: ['test/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
