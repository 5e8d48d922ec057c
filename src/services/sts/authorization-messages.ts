/** DecodeAuthorizationMessage: why a request was denied, told to those who may know. */
import type { Sts } from '../../../models/sts.ts';
import { authorizationMessage } from '../../authz/authorization-message.ts';
import { globalKeyName } from '../../authz/request-context.ts';
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import type { Operations } from '../operation.ts';

export const authorizationMessages = {
  DecodeAuthorizationMessage: {
    // AWS: seen in public: the refusal names no resource.
    access: () => [{ resource: '*', isResourceHidden: true }],
    run({ EncodedMessage }, { account, denials, authorizationReference, error }) {
      const denial = denials.decode(account, EncodedMessage);
      // GUESS: the words. One that is forged, of another account, or no longer kept, are told the same.
      if (!denial) throw error('InvalidAuthorizationMessageException', 'Message is not valid');
      return { DecodedMessage: JSON.stringify(authorizationMessage(denial, (folded) => globalKeyName(folded) ?? serviceKeyName(folded, authorizationReference))) };
    },
  },
} satisfies Operations<Sts, 'DecodeAuthorizationMessage'>;

/** A service's own key as AWS lists it. What stands behind a slash, a tag's key, is not listed. */
function serviceKeyName(folded: string, reference: AuthorizationReference): string {
  const prefix = folded.slice(0, Math.max(0, folded.indexOf(':')));
  for (const name of reference.find(prefix)?.conditionKeys.keys() ?? []) if (name.toLowerCase() === folded) return name;
  return folded;
}
