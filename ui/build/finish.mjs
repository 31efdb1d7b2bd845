// `chatkit.js` is the name without a version: it loads the file whose name has one.
import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../../chatkit_host/web/static/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));
const { file } = manifest['src/index.ts'];
writeFileSync(new URL('chatkit.js', folder), `import "./${file}";\n`);
