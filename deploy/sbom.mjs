// Prints the bill of materials (CycloneDX 1.6) of what is delivered: every package of the lock files of the hosts with version and hash, and what builds the pages.
//
//   node deploy/sbom.mjs > sbom.cdx.json
//
// The same lock files give the same text, so that two of them can be compared.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const hashes = (base64) => [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }];
const parts = new Map();

for (const project of ['Referrals.Engine', 'Referrals.Api', 'Referrals.Workers']) {
  for (const packages of Object.values(read(`src/${project}/packages.lock.json`).dependencies)) {
    for (const [name, entry] of Object.entries(packages)) {
      if (entry.type === 'Project') continue;
      const purl = `pkg:nuget/${name}@${entry.resolved}`;
      parts.set(purl, { type: 'library', 'bom-ref': purl, name, version: entry.resolved, scope: 'required', hashes: hashes(entry.contentHash), purl });
    }
  }
}

for (const [path, entry] of Object.entries(read('src/Referrals.Api/Ui/Assets/package-lock.json').packages)) {
  if (path === '' || !entry.version) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${entry.version}`;
  const sha512 = (entry.integrity ?? '').split(' ').find((i) => i.startsWith('sha512-'));
  parts.set(purl, { type: 'library', 'bom-ref': purl, name, version: entry.version, scope: 'excluded', ...(sha512 && { hashes: hashes(sha512.slice('sha512-'.length)) }), purl });
}

const components = [...parts.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
process.stdout.write(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: { type: 'application', name: 'referrals' } }, components }, null, 1) + '\n');
