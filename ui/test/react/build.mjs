// Bundles app.tsx into the folder that is named: `node test/react/build.mjs FOLDER`.
import { build } from 'vite';

await build({
  configFile: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"development"' },
  build: {
    outDir: process.argv[2],
    minify: false,
    lib: { entry: new URL('app.tsx', import.meta.url).pathname, formats: ['es'], fileName: 'app' },
  },
});
