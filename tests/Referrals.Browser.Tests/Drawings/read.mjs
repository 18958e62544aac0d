// Reads BPMN files as bpmn-moddle does and tells what it complains about: node read.mjs FILE…
import { readFile } from 'node:fs/promises';
import { BpmnModdle } from 'bpmn-moddle';

const faults = [];
for (const file of process.argv.slice(2)) {
  const { rootElement, warnings, references } = await new BpmnModdle().fromXML(await readFile(file, 'utf8'));
  faults.push(...warnings.map(warning => `${file}: ${warning.message}`));
  if (rootElement.$type !== 'bpmn:Definitions' || references.length === 0) {
    faults.push(`${file}: nothing was read`);
  }
}

process.stdout.write(JSON.stringify({ read: process.argv.length - 2, faults }));
