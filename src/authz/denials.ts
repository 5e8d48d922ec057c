/** Denials by their authorization ids: kept when they happen, found by those of the caller's account, and explained when someone asks. */
import type { Timestamp } from '../base/clock.ts';
import { sealAsArgument, SealBroken } from '../base/seal.ts';
import type { Seal, SealPlace } from '../base/seal.ts';
import { compilePolicy } from '../policy/compile.ts';
import { explain } from '../policy/explain/explain.ts';
import { explanationText } from '../policy/explain/text.ts';
import type { ExplainedRequest, Explanation, PolicyExplanation } from '../policy/explain/explanation.ts';
import type { AppliedResourcePolicy, PolicyLayer } from '../policy/types.ts';
import type { Trace, TraceStore } from '../store/traces.ts';
import type { Denied } from './denial.ts';
import { readDenial, writeDenial, type DenialOccasion, type RecordedDenial } from './denial-trace.ts';

/** A denial that was kept. */
export interface KeptDenial extends RecordedDenial { readonly id: string; readonly at: Timestamp }

/** By what a denial can be asked for. */
export interface RecordedAs { readonly id: string; /** For DecodeAuthorizationMessage. */ readonly encodedMessage: string }

/** A denial explained, in structure and in words. */
export interface ExplainedDenial { readonly explanation: Explanation; readonly text: string }

export class Denials {
  readonly #traces: TraceStore;
  readonly #seal: Seal;

  constructor(traces: TraceStore, seal: Seal) {
    this.#traces = traces;
    this.#seal = seal;
  }

  /** Keeps a denial, whose id is the request's, because that is what every client shows of an error. Only what cannot be read again later is read now. */
  record({ evidence }: Denied, occasion: DenialOccasion, at: Timestamp): RecordedAs {
    const id = occasion.requestId;
    const { principal, resourceAccount } = evidence.request;
    // Who has no account is seen by the account that was asked.
    const account = principal.account ?? resourceAccount;
    this.#traces.record({
      id, at, account,
      principal: 'principalId' in principal ? principal.principalId : `${principal.kind}@${account}`,
      write: () => {
        const { body, documents } = writeDenial(evidence, occasion);
        // Condition keys can hold what someone else would like to know (an external id, a referer).
        return { body: this.#seal.seal(body, placeOf(account, id)), documents };
      },
    });
    return { id, encodedMessage: this.encode(account, id) };
  }

  /** Undefined where there is none, where it is no longer kept, and where it is another account's. */
  find(account: string, id: string): KeptDenial | undefined {
    const trace = this.#traces.find(account, id);
    return trace && this.#read(trace);
  }

  /**
   * The encoded authorization message of a denial of the account: what AWS gives to whoever may not see the reason, and whoever may has it decoded. It says which
   * denial and holds nothing else, so that it is short and always fits where a service puts it (`Encoded authorization failure message: …`).
   */
  encode(account: string, id: string): string {
    return sealAsArgument(this.#seal, id, messagePlace(account));
  }

  /** The denial of an encoded message; undefined for one that is not ours, was altered, is another account's, or whose denial is no longer kept. */
  decode(account: string, message: string): KeptDenial | undefined {
    let id: string;
    try {
      id = this.#seal.open(message, messagePlace(account));
    } catch (thrown) {
      if (thrown instanceof SealBroken) return undefined;
      throw thrown;
    }
    return this.find(account, id);
  }

  /** The newest first. */
  list(account: string, query: { readonly limit: number; readonly before?: string | undefined }): readonly KeptDenial[] {
    return this.#traces.list(account, query).map((trace) => this.#read(trace));
  }

  #read({ id, at, account, body, documents }: Trace): KeptDenial {
    return { id, at, ...readDenial(this.#seal.open(body, placeOf(account, id)), documents) };
  }
}

const placeOf = (account: string, key: string): SealPlace => ({ account, table: 'traces', key, field: 'body' });

const messagePlace = (account: string): SealPlace => ({ account, table: 'traces', key: '', field: 'message' });

/** Explains a denial by the policies as they were when it was decided. */
export function explainDenial(denial: RecordedDenial): ExplainedDenial {
  const { request: { principal, resourceAccount }, isOtherSideHidden } = denial;
  const explanation = withoutOrganizations(denial, isOtherSideHidden ? ownSide(denial) : explain(denial.request, denial.policies));
  const shown = { ...explanation, request: { ...explanation.request, keys: providedKeys(denial) } };
  const needed = denial.isAllowNeeded ? shown : { ...shown, remedy: shown.remedy?.filter(({ step }) => step === 'remove') };
  const text = explanationText(needed);
  if (!isOtherSideHidden) return { explanation: needed, text };
  const heading = explanation.outcome === 'allowed'
    ? `Denied on the side of account ${resourceAccount}: its policies do not let the caller in, or there is no such thing. What they say is for that account to know.\nThe caller's own account ${principal.account} allows the request:`
    : `The request crosses from account ${principal.account} to ${resourceAccount}, and both must allow it. What the other account says is for it to know. The caller's own side:`;
  return { explanation: needed, text: `${heading}\n\n${text}` };
}

/** What operators ask for first when a provider's users are refused: what its token or assertion claimed. The global keys say nothing of that, but for the tags that it asked for. */
function providedKeys({ request: { principal }, context }: RecordedDenial): ExplainedRequest['keys'] {
  if (principal.kind !== 'webIdentity' && principal.kind !== 'saml') return undefined;
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.startsWith('aws:') || key.startsWith('aws:requesttag/') || key === 'aws:tagkeys').toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Both accounts must allow. What the other one's policies say is not for this one to know; if they allowed, this is what the caller's side would say. */
function ownSide(denial: RecordedDenial): Explanation {
  const whole = explain(denial.request, { ...denial.policies, resource: otherSideAllows(denial), isResourcePolicyRequired: false });
  return { ...whole, layers: whole.layers.filter(({ layer }) => layer !== 'resource' && layer !== 'trust') };
}

/** What an organization's policies say is seen in its management account only; elsewhere that they deny or do not allow. Source: "DescribePolicy" (AWS Organizations API Reference). */
function withoutOrganizations({ request: { principal, resourceAccount }, policies: { scps, rcps } }: RecordedDenial, explanation: Explanation): Explanation {
  const reader = principal.account ?? resourceAccount;
  const isHidden = (layer: PolicyLayer): boolean => (layer === 'scp' && scps?.managementAccount !== reader) || (layer === 'rcp' && rcps?.managementAccount !== reader);
  return {
    ...explanation,
    layers: explanation.layers.map((one) => (isHidden(one.layer) ? { ...one, policies: one.policies.map(hidden) } : one)),
    remedy: explanation.remedy?.map((step) => (step.step === 'remove' && isHidden(step.layer) ? { ...step, statement: undefined, sid: undefined } : step)),
  };
}

const hidden = ({ name, arn }: PolicyExplanation): PolicyExplanation => ({ name, arn, statements: [], unreadable: undefined, isMissing: false, isHidden: true });

function otherSideAllows({ request: { principal } }: RecordedDenial): AppliedResourcePolicy | undefined {
  if (!('arn' in principal)) return undefined;
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal.arn }, Action: '*', Resource: '*' }] });
  return { name: 'the other account', arn: undefined, compiled: compilePolicy(document, 'resource') };
}
