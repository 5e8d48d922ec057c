/** The folder of a certificate authority of one's own: its certificate, its key, and a line for each certificate that it issued or took back. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Timestamp } from '../base/clock.ts';
import { parseName } from '../base/distinguished-name.ts';
import type { Authority } from '../credentials/authority/issue.ts';
import { CommandError } from './commands.ts';
import { writeSecretFile } from './secret-file.ts';

/** A line of the ledger. */
type LedgerLine = { readonly serial: string; readonly subject: string; readonly notAfter: Timestamp; readonly issuedAt: Timestamp } | { readonly serial: string; readonly revokedAt: Timestamp };

/** A certificate that was issued. Its serial number is in hexadecimal. */
export interface IssuedCertificate { readonly serial: string; readonly subject: string; readonly notAfter: Timestamp; readonly revokedAt: Timestamp | undefined }

export interface AuthorityFolder extends Authority {
  readonly certificateFile: string;
  /** When its own certificate ends: none that it issues lasts longer. */
  readonly notAfter: Timestamp;
  record(line: LedgerLine): void;
  issued(): readonly IssuedCertificate[];
}

const files = (folder: string) => ({ certificate: join(folder, 'ca.pem'), key: join(folder, 'ca-key.pem'), subject: join(folder, 'subject'), ledger: join(folder, 'issued.jsonl') });

/** Writes a new authority; never over another one. Gives the file of its certificate. */
export function createAuthorityFolder(folder: string, { subject, certificate, key }: { readonly subject: string; readonly certificate: string; readonly key: KeyObject }): string {
  const paths = files(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The key is what makes it an authority: whoever comes second finds it there.
  try {
    writeFileSync(paths.key, key.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new CommandError(`${folder} holds an authority already: choose another folder with --ca-dir`, { cause: error });
    throw error;
  }
  writeFileSync(paths.subject, `${subject}\n`);
  writeSecretFile(paths.ledger, '');
  writeFileSync(paths.certificate, certificate);
  return paths.certificate;
}

export function openAuthorityFolder(folder: string): AuthorityFolder {
  const paths = files(folder);
  if (!existsSync(paths.certificate)) throw new CommandError(`${folder} holds no authority: make one with \`ca init\`, or say where it is with --ca-dir`);
  if ((statSync(paths.key).mode & 0o077) !== 0) throw new CommandError(`others on this machine may read ${paths.key}: chmod 600 ${paths.key}`);
  const certificate = new X509Certificate(readFileSync(paths.certificate));
  const key = createPrivateKey(readFileSync(paths.key));
  const name = parseName(readFileSync(paths.subject, 'utf8').trim());
  if (!name || !certificate.checkPrivateKey(key)) throw new CommandError(`what is in ${folder} does not belong together`);
  return {
    name, key, certificateFile: paths.certificate, notAfter: certificate.validToDate.getTime(),
    // One write, which other writers cannot get into.
    record: (line) => appendFileSync(paths.ledger, `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true }),
    issued() {
      const lines = readFileSync(paths.ledger, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as LedgerLine);
      const revoked = new Map(lines.flatMap((line) => ('revokedAt' in line ? [[line.serial, line.revokedAt] as const] : [])));
      return lines.flatMap((line) => ('subject' in line ? [{ serial: line.serial, subject: line.subject, notAfter: line.notAfter, revokedAt: revoked.get(line.serial) }] : []));
    },
  };
}
