/** `gatehouse lint FILE…`: what in policies does nothing, does more than was meant, or is said twice. */
import { relative, resolve } from 'node:path';
import type { LintFinding, LintType } from '../policy/lint/finding.ts';
import { likelyKind } from '../policy/lint/likely-kind.ts';
import { lintPolicy } from '../policy/lint/lint.ts';
import type { Commands } from './commands.ts';
import { UsageError } from './option.ts';
import type { LintOptions } from './options.ts';
import { readDataFile } from './policy-files.ts';
import type { World } from './world.ts';

/** A finding, and the file that it is of. */
interface Reported { readonly finding: LintFinding; readonly file: string; /** Whether its position is one of the file, which a YAML file's is not. */ readonly isPlaced: boolean }

/** Resolves to 1 where there is an error or a security warning, else to 0. */
export async function lint({ kind, asJson }: LintOptions, args: readonly string[], world: World, commands: Pick<Commands, 'authorizationReference'>): Promise<number> {
  if (args.length === 0) throw new UsageError('lint needs files with policies');
  const reference = await commands.authorizationReference();
  const findings = args.flatMap((arg) => {
    const path = resolve(world.cwd, arg);
    const { value, json } = readDataFile(path);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`${path} holds no policy`);
    const text = json ?? JSON.stringify(value, null, 2);
    const file = relative(world.cwd, path) || path;
    return lintPolicy(text, kind ?? likelyKind(text), reference).map((finding): Reported => ({ finding, file, isPlaced: json !== undefined }));
  });
  world.stdout.write(asJson ? `${JSON.stringify(findings.map(jsonOf), null, 2)}\n` : `${[...findings.map(lineOf), summaryOf(findings)].join('\n')}\n`);
  return findings.some(({ finding: { type } }) => type === 'ERROR' || type === 'SECURITY_WARNING') ? 1 : 0;
}

const words: Readonly<Record<LintType, readonly [one: string, many: string]>> = {
  ERROR: ['error', 'errors'],
  SECURITY_WARNING: ['security warning', 'security warnings'],
  WARNING: ['warning', 'warnings'],
  SUGGESTION: ['suggestion', 'suggestions'],
};

function lineOf({ file, isPlaced, finding: { position: { line, column }, path, type, code, message } }: Reported): string {
  const place = isPlaced ? `:${line}:${column}` : ` ${path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${step}`)).join('')}`;
  return `${file}${place}: ${words[type][0]} ${code}\n    ${message}`;
}

function summaryOf(findings: readonly Reported[]): string {
  if (findings.length === 0) return 'nothing found';
  // The keys are the types.
  const counts = (Object.keys(words) as readonly LintType[]).map((type) => [type, findings.filter(({ finding }) => finding.type === type).length] as const).filter(([, count]) => count > 0);
  return counts.map(([type, count]) => `${count} ${words[type][count === 1 ? 0 : 1]}`).join(', ');
}

const jsonOf = ({ file, isPlaced, finding: { type, code, message, path, position } }: Reported): object => ({ file, type, code, message, path, ...(isPlaced && { position }) });
