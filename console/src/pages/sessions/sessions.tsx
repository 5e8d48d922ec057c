/** The sessions of this browser, side by side: gone to, and signed out. */
import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { useHelp } from '../../help.tsx';
import { useIdentity } from '../../identity.tsx';
import { List } from '../../list.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useList } from '../../read.ts';
import { askDoor, goToSignIn, readSession, readSessions } from '../../session.ts';
import type { Session } from '../../session.ts';
import { inFull } from '../../times.tsx';
import { shownName } from '../../top-navigation.tsx';
import { useWrite } from '../../write.ts';

const help = { header: 'Sessions', content: <p>Five people, or one person five times, may be signed in side by side in one browser. A session lasts twelve hours, and an hour unused; signing out ends it and its credentials at once.</p> };

const kinds: Readonly<Record<Session['kind'], string>> = { root: 'Root user', user: 'IAM user', role: 'Role', federatedUser: 'Federated user' };

/** What ends: the browser's sessions, or everywhere those of whoever is signed in. */
const reaches = {
  browser: { title: 'Sign out of all sessions of this browser?', text: 'All sessions of this list end, and their credentials with them.' },
  everywhere: { title: 'Sign out everywhere?', text: 'All your sessions end, in every browser and of every command line that signed in as you, and their credentials with them. Access keys are not affected.' },
} as const;

export function SessionsPage(): ReactNode {
  useHelp(help);
  const { session: own } = useIdentity();
  const sessions = useList(async function* () { yield await readSessions(); }, []);
  const write = useWrite();
  const [asked, setAsked] = useState<keyof typeof reaches>();
  const signOut = async ({ session }: Session): Promise<void> => {
    // Each session's own token is needed, which its own page alone is told.
    if (!(await write.run({ act: async () => askDoor(await readSession(session), 'sign-out', {}), done: 'Signed out.' }))) return;
    if (session === own.session) goToSignIn();
    else sessions.refresh();
  };
  const signOutAll = async (which: keyof typeof reaches): Promise<void> => { if (await write.run({ act: () => askDoor(own, 'sign-out', { which }) })) goToSignIn(); };
  return (
    <SpaceBetween size="m">
      {asked === undefined ? <ProblemAlert problem={write.problem} /> : undefined}
      {own.issuer === undefined ? undefined : <Alert type="info">You came from {own.issuer}; when this session has ended, sign in there again.</Alert>}
      <List<Session>
        list={sessions} title="Sessions" noun="session" selection="single" keyOf={(one) => shownName(one)} idOf={({ session }) => session}
        description="Who is signed in in this browser"
        actions={([selected]) => (
          <>
            <Button onClick={() => setAsked('everywhere')}>Sign out everywhere</Button>
            <Button onClick={() => setAsked('browser')}>Sign out of all</Button>
            <Button disabled={!selected} loading={write.isBusy} onClick={() => { if (selected) void signOut(selected); }}>Sign out</Button>
            <Button variant="primary" href="/_gatehouse/signin/">Add a session</Button>
          </>
        )}
        columns={[
          { id: 'who', header: 'Who', cell: (one) => one.session === own.session ? <>{shownName(one)} <Badge color="blue">This one</Badge></> : <Link href={`/_gatehouse/console/?session=${encodeURIComponent(one.session)}`}>{shownName(one)}</Link>, value: shownName, width: 280 },
          { id: 'kind', header: 'Signed in as', cell: ({ kind }) => kinds[kind], value: ({ kind }) => kinds[kind], width: 140 },
          { id: 'mfa', header: 'MFA', cell: ({ isMfaShown }) => isMfaShown ? 'Yes' : 'No', value: ({ isMfaShown }) => isMfaShown ? 'Yes' : 'No' },
          { id: 'started', header: 'Since', cell: ({ startedAt }) => inFull(new Date(startedAt)), value: ({ startedAt }) => startedAt, width: 260 },
          { id: 'ends', header: 'Ends', cell: ({ endsAt, idleEndsAt }) => <>{inFull(new Date(endsAt))}<Box color="text-body-secondary" fontSize="body-s">unused: {inFull(new Date(idleEndsAt))}</Box></>, value: ({ endsAt }) => endsAt, width: 280 },
          { id: 'arn', header: 'ARN', cell: ({ arn, role }) => role?.arn ?? arn, value: ({ arn, role }) => role?.arn ?? arn, isHidden: true },
        ]}
      />
      {asked === undefined ? undefined : <Confirm title={reaches[asked].title} verb="Sign out" write={write} onConfirm={() => void signOutAll(asked)} onDismiss={() => { write.forget(); setAsked(undefined); }}>{reaches[asked].text}</Confirm>}
    </SpaceBetween>
  );
}
