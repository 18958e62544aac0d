// Builds what the pages load into the folder given as argument: the design system's styles as they are, ours, our script, and the
// fonts cut down to the letters of Latin scripts. Each text file also comes compressed. Run by the project's build.
import { brotliCompressSync, constants } from 'node:zlib';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import subsetFont from 'subset-font';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const kern = join(here, 'node_modules/@kern-ux/native');
const weights = ['Regular', 'Medium', 'SemiBold'];

function letters() {
  const latin = Array.from({ length: 0x17f - 0x20 + 1 }, (_, i) => String.fromCodePoint(0x20 + i)).join('');
  return latin + '‐‑–—‘’‚“”„†•…‹›€→←↑↓−×·§°≤≥≈²³µ✓ẞ\u202f\u2009';
}

async function fonts() {
  for (const weight of weights) {
    const whole = readFileSync(join(kern, `dist/fonts/fira-sans/FiraSans-${weight}.woff2`));
    writeFileSync(join(out, `FiraSans-${weight}.woff2`), await subsetFont(whole, letters(), { targetFormat: 'woff2' }));
  }
}

function compress() {
  for (const name of readdirSync(out).filter((n) => /\.(css|js|svg)$/.test(n))) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    writeFileSync(join(out, name + '.br'), brotliCompressSync(readFileSync(join(out, name)), { params }));
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'favicon.svg'), readFileSync(join(here, 'favicon.svg')));
const styles = readFileSync(join(kern, 'dist/kern.min.css'));
writeFileSync(join(out, 'kern.min.css'), styles);
writeFileSync(join(out, 'kern-licence.txt'), readFileSync(join(kern, 'LICENSE.md')));
await build({
  entryPoints: [join(here, 'app.css'), join(here, 'app.js')],
  outdir: out,
  bundle: true,
  minify: true,
  external: ['*.woff2'],
  target: ['chrome109', 'firefox115', 'safari16'],
  logLevel: 'warning',
});
await fonts();
compress();
