/** Authorization holds at the moment of the write: what changes between the decision and the write, in this process or another, is asked about again. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CreateAccessKeyCommand, CreateUserCommand, DeleteUserPolicyCommand, GetUserCommand, IAMServiceException, PutUserPolicyCommand, TagUserCommand, UpdateUserCommand } from '@aws-sdk/client-iam';
import type { Store } from '../../src/store/store.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { HeldJournal } from './held-journal.ts';
import { account, cause, engines, openTestStore } from './journals.ts';

const denied = (error: unknown): boolean => error instanceof IAMServiceException && error.name === 'AccessDenied' && error.$metadata.httpStatusCode === 403;

/** May change users that carry the tag `team=red`. */
const redOnly = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:UpdateUser', Resource: '*', Condition: { StringEquals: { 'iam:ResourceTag/team': 'red' } } }] });

interface Scene {
  readonly gatehouse: TestGatehouse;
  readonly journal: HeldJournal;
  /** Another process on the same journal. */
  readonly other: Store;
  /** The limited caller's UpdateUser of the user with the tag, begun. */
  update(): Promise<unknown>;
  pathOf(): Promise<string>;
}

for (const [engine, makePlace] of Object.entries(engines)) {
  const scene = (name: string, work: (scene: Scene) => Promise<void>): void => {
    test(name, async () => {
      const place = makePlace();
      const journal = new HeldJournal(place.open());
      const gatehouse = await startGatehouse({ journal, accountId: account });
      const other = await openTestStore(place.open());
      try {
        const admin = gatehouse.iam();
        await admin.send(new CreateUserCommand({ UserName: 'target', Tags: [{ Key: 'team', Value: 'red' }] }));
        await admin.send(new CreateUserCommand({ UserName: 'limited' }));
        await admin.send(new PutUserPolicyCommand({ UserName: 'limited', PolicyName: 'red', PolicyDocument: redOnly }));
        const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName: 'limited' }));
        const limited = gatehouse.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
        other.freshen();
        await other.account(account);
        journal.hold();
        await work({ gatehouse, journal, other,
          update() {
            const updating = limited.send(new UpdateUserCommand({ UserName: 'target', NewPath: '/moved/' }));
            updating.catch(() => {});
            return updating;
          },
          pathOf: async () => (await admin.send(new GetUserCommand({ UserName: 'target' }))).User!.Path! });
      } finally {
        journal.releaseAll();
        await gatehouse.stop();
        await other.close();
        place.remove();
      }
    });
  };

  /** The other process changes the tag, as its own TagUser would. */
  const retag = (other: Store, Value: string) => other.write(account, cause, (draft) => draft.users.update({ ...draft.users.findBy('name', 'target')!, Tags: [{ Key: 'team', Value }] }));

  describe(`authorization at the moment of the write on ${engine}`, () => {
    scene('a tag that a request before it in the queue takes away denies', async ({ gatehouse, journal, update, pathOf }) => {
      const tagging = gatehouse.iam().send(new TagUserCommand({ UserName: 'target', Tags: [{ Key: 'team', Value: 'blue' }] }));
      await journal.inFlight(1);
      const updating = update();
      await journal.inFlight(2);
      journal.releaseAll();
      await tagging;
      await assert.rejects(updating, denied);
      assert.equal(await pathOf(), '/');
    });

    scene('if that request comes to nothing, so does the denial', async ({ gatehouse, journal, update, pathOf }) => {
      const tagging = gatehouse.iam().send(new TagUserCommand({ UserName: 'target', Tags: [{ Key: 'team', Value: 'blue' }] }));
      tagging.catch(() => {});
      await journal.inFlight(1);
      const updating = update();
      await journal.inFlight(2);
      journal.release('fail');
      await assert.rejects(tagging, { name: 'ServiceFailureException' });
      journal.releaseAll();
      await updating;
      assert.equal(await pathOf(), '/moved/');
    });

    scene('a tag that another process takes away while the write is in flight denies', async ({ journal, other, update, pathOf }) => {
      const updating = update();
      await journal.inFlight(1);
      await retag(other, 'blue');
      journal.releaseAll();
      await assert.rejects(updating, denied);
      assert.equal(await pathOf(), '/');
    });

    scene('a policy that is taken away while the write is in flight denies', async ({ journal, other, update, pathOf }) => {
      const updating = update();
      await journal.inFlight(1);
      await other.write(account, cause, (draft) => draft.inlinePolicies.remove(`${draft.users.findBy('name', 'limited')!.UserId}/red`));
      journal.releaseAll();
      await assert.rejects(updating, denied);
      assert.equal(await pathOf(), '/');
    });

    scene('a policy that a request before it takes away denies', async ({ gatehouse, journal, update, pathOf }) => {
      const removing = gatehouse.iam().send(new DeleteUserPolicyCommand({ UserName: 'limited', PolicyName: 'red' }));
      await journal.inFlight(1);
      const updating = update();
      await journal.inFlight(2);
      journal.releaseAll();
      await removing;
      await assert.rejects(updating, denied);
      assert.equal(await pathOf(), '/');
    });

    scene('a change that has nothing to do with it denies nothing', async ({ journal, other, update, pathOf }) => {
      const updating = update();
      await journal.inFlight(1);
      await other.write(account, cause, (draft) => draft.users.insert({ UserId: 'AIDAOTHER', UserName: 'other', Path: '/', CreateDate: 0 }));
      journal.releaseAll();
      await updating;
      assert.equal(await pathOf(), '/moved/');
    });
  });
}
