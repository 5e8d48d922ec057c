/** What passwords of users must be, as it is now. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { follow, href } from '../../router.ts';
import { ownRules, readPasswordPolicy, rulesOf } from './password-policy.ts';

export function PasswordPolicyCard(): ReactNode {
  const read = useRead(({ iam }, signal) => readPasswordPolicy(iam, signal), []);
  return (
    <Container header={<Header variant="h2" actions={<Button href={href('account-settings/password-policy')} onFollow={follow}>Edit</Button>} description="What the passwords of this account's users must be">Password policy</Header>}>
      <Reading read={read} what="password policy">
        {({ policy }) => (
          <>
            <Box>{policy ? 'This account has a password policy of its own:' : 'This account has no password policy of its own. What holds for everyone:'}</Box>
            <ul>{(policy ? rulesOf(policy) : ownRules).map((rule) => <li key={rule}>{rule}</li>)}</ul>
          </>
        )}
      </Reading>
    </Container>
  );
}
