/** The rig of the console's tests: a whole Gatehouse in a process of its own, a real Chromium, people who sign in, and what is asserted of every page. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CreateAccessKeyCommand, CreateLoginProfileCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildConsole } from '../../scripts/build-console.ts';
import { root } from '../imports.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';
import type { Program } from '../running.ts';

export type { BrowserContext, Page } from 'playwright-core';

const chromiumPath = findOnPath('chromium') ?? findOnPath('chromium-browser') ?? findOnPath('google-chrome');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Why a test of the console is left out; undefined where there is a browser. */
export const leftOut = chromiumPath === undefined ? 'there is no Chromium (Debian: apt-get install chromium): NOTHING OF THE CONSOLE IS TESTED' : undefined;

export const password = 'Correct-Horse-7';

/** A person's browser: cookies of its own, and a page. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong unseen: errors in the browser's log, what the content security policy stopped, requests to anywhere else. */
  readonly troubles: readonly string[];
  /** Opens a page of the console by its path (`users/alice?tab=tags`) and waits for its heading. */
  go(path: string): Promise<void>;
}

export class ConsoleRig {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gatehouse-console-'));
  #program: Program | undefined;
  #browser: Browser | undefined;
  #iam: IAMClient | undefined;
  #sts: STSClient | undefined;
  readonly #people: Person[] = [];
  /** `http://localhost:PORT`: a name, because passkeys are bound to one. */
  endpoint = '';
  account = '';
  root = { email: 'root@example.com', password: '' };

  /** The administrator's own clients, beside the browser. */
  get iam(): IAMClient { return this.#iam ?? assert.fail('the rig is not started'); }
  get sts(): STSClient { return this.#sts ?? assert.fail('the rig is not started'); }

  async start(): Promise<void> {
    await buildConsole();
    this.account = '111122223333';
    this.#program = await startProgram({ args: ['--port', '0', '--data-dir', this.dataDir, '--account-id', this.account, '--root-email', this.root.email], cwd: this.#folder, env: plainEnvironment() });
    this.endpoint = this.#program.endpoint.replace('127.0.0.1', 'localhost');
    const credentials = readFileSync(join(this.dataDir, 'credentials'), 'utf8');
    const field = (name: string): string => new RegExp(`${name}\\s*=\\s*(\\S+)`).exec(credentials)?.[1] ?? assert.fail(credentials);
    const settings = { region: 'us-east-1', endpoint: this.#program.endpoint, credentials: { accessKeyId: field('aws_access_key_id'), secretAccessKey: field('aws_secret_access_key') } };
    this.#iam = new IAMClient(settings);
    this.#sts = new STSClient(settings);
    this.root.password = this.#rootPassword();
    await this.iam.send(new CreateLoginProfileCommand({ UserName: 'admin', Password: password }));
    this.#browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#program?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
    assert.deepEqual(this.#people.flatMap(({ troubles }) => troubles), [], 'what went wrong in the browser unseen');
  }

  /** Where Gatehouse keeps its data. */
  get dataDir(): string { return join(this.#folder, 'data'); }

  /** Standard error of Gatehouse so far. */
  logged = (): string => this.#program?.logged() ?? '';

  /** Where the first start put root's password: it prints it to terminals only. */
  #rootPassword(): string {
    const [, file = ''] = /^\s*Root password\s+in (\S+)/m.exec(this.#program!.said) ?? [];
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : assert.fail(`no file with root's password: ${this.#program!.said}`);
  }

  /** What every person sees when a test fails, into the folder of pictures, which git ignores. */
  async photograph(name: string): Promise<void> {
    const pages = this.#people.flatMap(({ context }) => context.pages());
    for (const [i, page] of pages.entries()) await page.screenshot({ path: join(root, '.screenshots', `failed-${name.replaceAll(/\W+/g, '-').slice(0, 60)}-${i}.png`) }).catch(() => undefined);
  }

  /** A browser in which nobody is signed in. `width` is the window's, in pixels. */
  async person({ width = 1280, height = 900, isDark = false, scale = 1 }: { readonly width?: number; readonly height?: number; readonly isDark?: boolean; /** Pixels of a picture for one of the page. */ readonly scale?: number } = {}): Promise<Person> {
    const context = await this.#browser!.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: isDark ? 'dark' : 'light', reducedMotion: 'reduce' });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(`error: ${error.stack ?? error.message}`));
    // A denied request is one of the console's states; the browser writes a line for it all the same.
    page.on('console', (message) => { if (message.type() === 'error' && !/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) troubles.push(`log: ${message.text()}`); });
    page.on('request', (request) => { if (!request.url().startsWith(`${this.endpoint}/`) && !/^(?:data|blob):/.test(request.url())) troubles.push(`a request elsewhere: ${request.url()}`); });
    const go = async (path: string): Promise<void> => {
      await page.goto(`${this.endpoint}/_gatehouse/console/${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    };
    const person = { context, page, troubles, go };
    this.#people.push(person);
    return person;
  }

  /** A user with a password, and what it is allowed; statements go into one inline policy. */
  async makeUser(UserName: string, statements: readonly object[] = [], { mustChange = false } = {}): Promise<void> {
    await this.iam.send(new CreateUserCommand({ UserName }));
    await this.iam.send(new CreateLoginProfileCommand({ UserName, Password: password, PasswordResetRequired: mustChange }));
    if (statements.length > 0) await this.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }));
  }

  /** A user's own client, beside the browser, with a new access key. */
  async keysOf(UserName: string): Promise<IAMClient> {
    const { AccessKey } = await this.iam.send(new CreateAccessKeyCommand({ UserName }));
    return new IAMClient({ region: 'us-east-1', endpoint: this.#program!.endpoint, credentials: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! } });
  }

  /** A browser in which the user is signed in, at the dashboard. */
  async signedIn(userName = 'admin', options?: Parameters<ConsoleRig['person']>[0]): Promise<Person> {
    const person = await this.person(options);
    await this.signIn(person, userName);
    await person.page.getByRole('heading', { level: 1 }).first().waitFor();
    return person;
  }

  /** Fills in the sign-in page for a user. */
  async signIn({ page }: Person, userName: string, given = password): Promise<void> {
    await page.goto(`${this.endpoint}/_gatehouse/console/`);
    await page.getByLabel('Account ID (12 digits) or alias').fill(this.account);
    await page.getByLabel('User name').fill(userName);
    await page.getByLabel('Password').fill(given);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
}

/** That of this file: one file is one process. */
let started: ConsoleRig | undefined;

/** The rig of a file of tests: started before them and stopped after. Without a browser nothing is started, and `consoleTest` says so. */
export function consoleRig(): ConsoleRig {
  const rig = started = new ConsoleRig();
  if (leftOut === undefined) {
    before(() => rig.start(), { timeout: 60_000 });
    after(() => rig.stop());
  }
  return rig;
}

/** A test that needs the browser; left out, loudly, where there is none. */
export const consoleTest = (name: string, run: () => Promise<void>): void => void test(name, { skip: leftOut ?? false }, async () => {
  try {
    await run();
  } catch (thrown) {
    await started?.photograph(name);
    throw thrown;
  }
});

interface AxeResults { readonly violations: readonly { readonly id: string; readonly impact: string | null; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[] }

/** Nothing serious or critical is found on the page as it is now. Source: WCAG 2.2 level AA, as axe-core tests it. */
export async function assertAccessible(page: Page): Promise<void> {
  // Over the browser's own protocol, which no content security policy stops.
  await page.evaluate(readFileSync(axePath, 'utf8'));
  const { violations } = (await page.evaluate('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })')) as AxeResults;
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary = '' }) => `${html.slice(0, 200)} ${failureSummary}`).join(' | ')}`), []);
}

/** Nothing of the page is wider than the window. */
export async function assertFits(page: Page): Promise<void> {
  const [wide, width] = (await page.evaluate('[document.documentElement.scrollWidth, document.documentElement.clientWidth]')) as [number, number];
  assert.ok(wide <= width, `the page is ${wide} pixels wide in a window of ${width}`);
}
