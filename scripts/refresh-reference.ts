/** Writes docs/reference/: each service's operations, whether they are served, and where what they mean here differs from what it means on AWS. With --check it only compares. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isReadOnly } from '../src/server/read-only.ts';
import { readModel } from '../src/server/read-model.ts';
import { loadService } from '../src/model/load.ts';
import { loadedServices } from '../src/services/index.ts';
import { notes } from './reference-notes.ts';

const services = await loadedServices();

const titles: Readonly<Record<string, string>> = { iam: 'IAM', sts: 'STS', s3: 'S3', codecommit: 'CodeCommit', rds: 'RDS', ec2: 'EC2', logs: 'CloudWatch Logs', iot: 'IoT', rolesanywhere: 'IAM Roles Anywhere', 'ec2-instance-connect': 'EC2 Instance Connect', eks: 'EKS', 'eks-auth': 'EKS Auth', gatehouse: 'Gatehouse\'s own API' };

/** The page of a service. */
export function referencePage(name: string): string {
  const { operations, unimplemented } = services.find((service) => service.name === name)!;
  const model = loadService(readModel(name));
  const note = (operation: string): string => notes[name]?.[operation] ?? '';
  const rows = [...operations.keys(), ...unimplemented.filter((operation) => note(operation) !== '')].sort().map((operation) => {
    const isServed = operations.has(operation);
    const kind = isReadOnly(model.operations.get(operation)!) ? 'reads' : 'changes';
    return `| ${operation} | ${isServed ? kind : 'answers `NotImplemented`'} | ${note(operation)} |`;
  });
  const others = unimplemented.filter((operation) => note(operation) === '').sort();
  return [
    `# ${titles[name] ?? name}: its operations`,
    '',
    `${operations.size} of ${operations.size + unimplemented.length} operations are served. One that is served has AWS's parameters, defaults, limits, errors and paging; where what it means needs something that`,
    'Gatehouse lacks, or nobody has seen what AWS does, the note says so. `scripts/refresh-reference.ts` writes this page from the code.',
    '',
    '| operation | | note |',
    '|---|---|---|',
    ...rows,
    '',
    ...(others.length === 0 ? [] : ['## Not served', '', 'These answer `NotImplemented` and name themselves:', '', ...linesOf(others), '']),
  ].join('\n');
}

/** The names one behind the other, in lines that an editor shows whole. */
function linesOf(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [i, name] of names.entries()) {
    const word = `${name}${i === names.length - 1 ? '.' : ','}`;
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= 180) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Where the page of a service stands. */
export const referenceFile = (name: string): URL => new URL(`../docs/reference/${name}.md`, import.meta.url);

if (import.meta.main) {
  mkdirSync(new URL('../docs/reference/', import.meta.url), { recursive: true });
  for (const { name } of services) writeFileSync(referenceFile(name), referencePage(name));
  // What a reader of the pages needs is whether they are of this code.
  for (const { name } of services) if (readFileSync(referenceFile(name), 'utf8') !== referencePage(name)) throw new Error(`docs/reference/${name}.md was not written`);
}
