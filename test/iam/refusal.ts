/** How whole-server tests of IAM say that a request is refused: by code, status and AWS's words. */
import assert from 'node:assert/strict';

interface Refusal { readonly code: string; readonly status: number; readonly message: string | RegExp }

interface SdkError { readonly name: string; readonly message: string; readonly Code?: string; readonly Error?: { readonly Code?: string }; readonly $metadata?: { readonly httpStatusCode?: number } }

/** Asserts that the request fails with this error, as the SDK read it off the wire. */
export async function assertRefused(request: Promise<unknown>, { code, status, message }: Refusal): Promise<void> {
  const error = await request.then(
    (answer) => assert.fail(`expected ${code}, was answered ${JSON.stringify(answer)}`),
    (thrown: SdkError) => thrown,
  );
  assert.deepEqual({ code: error.Error?.Code ?? error.Code ?? error.name, status: error.$metadata?.httpStatusCode }, { code, status }, error.message);
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
}

/** What an absent thing of that kind is answered. */
export const noSuch = (kind: 'user' | 'group' | 'role', name: string): Refusal => ({ code: 'NoSuchEntity', status: 404, message: `The ${kind} with name ${name} cannot be found.` });

/** What must be done before a thing can be deleted. */
export const mustFirst = (what: string): Refusal => ({ code: 'DeleteConflict', status: 409, message: `Cannot delete entity, must ${what} first.` });

/** What the fifty-first tag is answered. */
export const tooManyTags: Refusal = { code: 'LimitExceeded', status: 409, message: 'The number of tags has reached the maximum limit.' };

/** What one thing too many is answered. */
export const beyondQuota = (name: string, quota: number): Refusal => ({ code: 'LimitExceeded', status: 409, message: `Cannot exceed quota for ${name}: ${quota}` });
