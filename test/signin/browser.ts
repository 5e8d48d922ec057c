/** What a browser does, without one: keeps cookies as a browser keeps them, states where its pages come from, and sends forms and JSON. */
import assert from 'node:assert/strict';
import type { Answer } from '../../src/server/http-request.ts';
import type { TestGatehouse } from '../gatehouse.ts';

interface Cookie { readonly value: string; readonly attributes: ReadonlyMap<string, string> }

export interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The origin of the page; our own where it is left out, none for null. */
  readonly origin?: string | null;
}

export class Browser {
  readonly #gatehouse: TestGatehouse;
  readonly cookies = new Map<string, Cookie>();
  readonly host: string;
  readonly isSecure: boolean;
  remoteAddress = '203.0.113.7';
  /** The token of the session that was begun or looked at last. */
  csrfToken = '';
  session: string | undefined;

  constructor(gatehouse: TestGatehouse, { host = 'localhost:4566', isSecure = false } = {}) {
    this.#gatehouse = gatehouse;
    this.host = host;
    this.isSecure = isSecure;
  }

  get origin(): string {
    return `${this.isSecure ? 'https' : 'http'}://${this.host}`;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  async send(target: string, { method = 'GET', body = '', headers = {}, origin = this.origin }: Sent = {}): Promise<Answer> {
    const answer = await this.#gatehouse.send({
      method, target, body, remoteAddress: this.remoteAddress, isSecure: this.isSecure,
      headers: [['Host', this.host], ...(method === 'GET' || origin === null ? [] : [['Origin', origin] as const]), ...(this.cookies.size > 0 ? [['Cookie', this.cookieHeader] as const] : []), ...Object.entries(headers)],
    });
    for (const text of answer.cookies ?? []) this.#keep(text);
    return answer;
  }

  /** Source: RFC 6265bis, section 5.6: what a browser would refuse to keep. */
  #keep(text: string): void {
    const [pair = '', ...rest] = text.split('; ');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    const attributes = new Map(rest.map((one) => one.split('=', 2) as [string, string]));
    if (name.startsWith('__Host-')) assert.ok(this.isSecure || this.origin.startsWith('https'), 'a __Host- cookie needs TLS');
    if (name.startsWith('__Host-')) assert.ok(attributes.has('Secure') && attributes.get('Path') === '/' && !attributes.has('Domain'), text);
    assert.ok(pair.length < 4096 && !/[^\x21-\x7e]/.test(pair), 'a browser would drop the cookie');
    if (attributes.get('Max-Age') === '0') this.cookies.delete(name);
    else this.cookies.set(name, { value: pair.slice(equals + 1), attributes });
  }

  /** JSON to a route of the door. */
  async post(route: string, value: object = {}, { headers = {}, ...sent }: Sent = {}): Promise<{ readonly status: number; readonly value: Step; readonly answer: Answer }> {
    const own = { 'Content-Type': 'application/json', ...(this.csrfToken !== '' && { 'x-gatehouse-csrf': this.csrfToken }), ...(this.session !== undefined && { 'x-gatehouse-session': this.session }) };
    const answer = await this.send(`/_gatehouse/signin/${route}`, { method: 'POST', body: JSON.stringify(value), ...sent, headers: { ...own, ...headers } });
    const text = String(answer.body);
    return { status: answer.status, value: text === '' ? {} : JSON.parse(text), answer };
  }

  async get(route: string): Promise<{ readonly status: number; readonly value: Step; readonly answer: Answer }> {
    const answer = await this.send(`/_gatehouse/signin/${route}`, { headers: this.session === undefined ? {} : { 'x-gatehouse-session': this.session } });
    return { status: answer.status, value: JSON.parse(String(answer.body)), answer };
  }

  form(target: string, fields: Readonly<Record<string, string>>, sent: Sent = {}): Promise<Answer> {
    return this.send(target, { method: 'POST', body: new URLSearchParams(fields).toString(), ...sent, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...sent.headers } });
  }

  /** A user's name and password; takes note of the session where one began. */
  async signIn(identity: Readonly<Record<string, string>>): Promise<Step> {
    const { value } = await this.post('password', identity, { headers: { 'x-gatehouse-csrf': '', 'x-gatehouse-session': '' } });
    return this.note(value);
  }

  note(step: Step): Step {
    if (step.session && typeof step.session === 'object') {
      this.csrfToken = step.session.csrfToken!;
      this.session = step.session.session;
    }
    return step;
  }
}

/** What the door's JSON may hold. */
export interface Step {
  readonly step?: string;
  readonly flow?: string;
  readonly error?: string;
  readonly message?: string;
  readonly session?: ShownSession;
  readonly continueTo?: string;
  readonly devices?: readonly { readonly serialNumber: string; readonly kind: string }[];
  readonly rules?: readonly string[];
  readonly [name: string]: unknown;
}

export interface ShownSession {
  readonly session: string;
  readonly csrfToken?: string;
  readonly arn: string;
  readonly name: string;
  readonly kind: string;
  readonly isMfaShown: boolean;
  readonly endsAt: string;
  readonly idleEndsAt: string;
  readonly role?: { readonly arn: string; readonly displayName: string; readonly color: string; readonly endsAt: string; readonly roleName: string; readonly account: string };
  readonly recentRoles?: readonly { readonly roleName: string }[];
  readonly [name: string]: unknown;
}
