/** What is asked of a container engine, over its socket. Source: "Docker Engine API", version 1.41 and later; Podman answers the same. */
import { request } from 'node:http';
import { machineLimits } from './limits.ts';

/** The engine answered that it would not. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What of a container's description is set here. Source: ContainerCreate. */
export interface ContainerWish {
  readonly Image: string;
  readonly Cmd: readonly string[];
  readonly Hostname: string;
  readonly User: string;
  readonly Env: readonly string[];
  readonly WorkingDir: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

interface Asked { readonly json?: unknown; readonly tar?: Uint8Array; /** Answers when something has happened: no time is too long. */ readonly isPatient?: boolean }

const removalMs = 50;
const removalTries = 400;

export class ContainerEngine {
  readonly #socketPath: string;
  readonly #version: string;

  private constructor(socketPath: string, version: string) {
    this.#socketPath = socketPath;
    this.#version = version;
  }

  /** Throws where no engine answers there. */
  static async connect(socketPath: string): Promise<ContainerEngine> {
    const { ApiVersion } = await new ContainerEngine(socketPath, '').#ask('GET', '/version') as { readonly ApiVersion: string };
    if (!/^\d+\.\d+$/.test(ApiVersion ?? '')) throw new Error('it says no version of its API');
    return new ContainerEngine(socketPath, `/v${ApiVersion}`);
  }

  async hasImage(name: string): Promise<boolean> {
    return (await this.#unless([404], 'GET', `/images/${encodeURIComponent(name)}/json`)) !== undefined;
  }

  /** Makes an image of the files of an archive. */
  async importImage(repository: string, tag: string, tar: Uint8Array): Promise<void> {
    await this.#ask('POST', `/images/create?fromSrc=-&repo=${repository}&tag=${tag}`, { tar });
  }

  async create(name: string, wish: ContainerWish): Promise<void> {
    await this.#ask('POST', `/containers/create?name=${name}`, { json: wish });
  }

  async start(name: string): Promise<void> {
    await this.#ask('POST', `/containers/${name}/start`);
  }

  /** Resolves when it has ended, to the status of its first process. */
  async wait(name: string): Promise<number> {
    const { StatusCode } = await this.#ask('POST', `/containers/${name}/wait`, { isPatient: true }) as { readonly StatusCode: number };
    return StatusCode;
  }

  /** Undefined where it is gone. */
  async state(name: string): Promise<{ readonly OOMKilled: boolean; readonly Error: string } | undefined> {
    return (await this.#unless([404], 'GET', `/containers/${name}/json`) as { readonly State: { readonly OOMKilled: boolean; readonly Error: string } } | undefined)?.State;
  }

  /** Ends it at once; one that has ended, or is gone, is left. */
  async kill(name: string): Promise<void> {
    await this.#unless([404, 409], 'POST', `/containers/${name}/kill`);
  }

  /** Ends it, and removes it; one that is gone is gone. */
  async remove(name: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#unless([404], 'DELETE', `/containers/${name}?force=true&v=true`);
        return;
      } catch (thrown) {
        // Somebody is at it already.
        if (!(thrown instanceof EngineRefusal && thrown.status === 409) || attempt === removalTries) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, removalMs));
      }
    }
  }

  /** The names of all that have the label. */
  async labelled(label: string): Promise<readonly string[]> {
    const found = await this.#ask('GET', `/containers/json?all=true&filters=${encodeURIComponent(JSON.stringify({ label: [label] }))}`) as readonly { readonly Id: string }[];
    return found.map(({ Id }) => Id);
  }

  /** Undefined where the engine answers with one of these. */
  async #unless(statuses: readonly number[], method: string, path: string): Promise<unknown> {
    try {
      return await this.#ask(method, path) ?? {};
    } catch (thrown) {
      if (thrown instanceof EngineRefusal && statuses.includes(thrown.status)) return undefined;
      throw thrown;
    }
  }

  #ask(method: string, path: string, { json, tar, isPatient = false }: Asked = {}): Promise<unknown> {
    const body = tar ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
    const headers = body === undefined ? {} : { 'Content-Type': tar ? 'application/x-tar' : 'application/json', 'Content-Length': body.length };
    return new Promise((resolve, reject) => {
      const asking = request({ socketPath: this.#socketPath, method, path: `${this.#version}${path}`, headers: { Host: 'docker', ...headers }, agent: false, ...(!isPatient && { timeout: machineLimits.engineMs }) }, (answer) => {
        const parts: Buffer[] = [];
        let length = 0;
        answer.on('data', (part: Buffer) => {
          length += part.length;
          if (length > machineLimits.engineAnswerBytesMax) asking.destroy(new Error('the engine answers without end'));
          else parts.push(part);
        }).on('error', reject).on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const status = answer.statusCode ?? 0;
          if (status >= 200 && status < 400) resolve(readAnswer(text));
          else reject(new EngineRefusal(status, messageOf(text) ?? `the engine answered ${status}`));
        });
      });
      asking.on('timeout', () => asking.destroy(new Error('the engine does not answer')));
      asking.on('error', reject);
      asking.end(body);
    });
  }
}

/** An import answers in several lines, of which none is needed. */
function readAnswer(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(text: string): string | undefined {
  const answer = readAnswer(text);
  return typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : undefined;
}
