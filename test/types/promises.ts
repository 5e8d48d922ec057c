/** What must not compile, one `@ts-expect-error` for each promise; after the colon, words of the compiler's own message. promises.test.ts holds it to them. */
import { noPermission } from '../../src/authz/ask.ts';
import { readScalar, scalarNames } from '../../src/protocol/scalar-text.ts';
import { row } from '../../src/services/index.ts';
import type { OperationDefinition, Operations } from '../../src/services/operation.ts';
import { service } from '../../src/services/operation.ts';
import type { AccountView, Draft, Store } from '../../src/store/store.ts';

/** A service as the refresh script writes one: what an operation takes, gives and may raise. */
interface Library {
  AddBook: { input: { readonly Title: string; readonly Pages?: number | undefined }; output: { readonly BookId: string; readonly Shelf?: string | undefined; readonly Authors?: readonly { readonly Name: string }[] | undefined }; errors: 'EntityAlreadyExists' };
  CloseLibrary: { input: unknown; output: unknown; errors: never };
}

const AddBook = {
  access: ({ Title }) => [{ resource: Title }],
  run: ({ Title }, { write }) => write(() => ({ BookId: Title })),
} satisfies OperationDefinition<Library['AddBook']['input'], Library['AddBook']['output'], Library['AddBook']['errors']>;

const CloseLibrary = { access: noPermission('AWS: https://aws.example/close'), run: () => undefined } satisfies Operations<Library>['CloseLibrary'];

// What is whole compiles, both ways: everything built, and what is not built in the ledger.
service<Library>()('library', { unimplemented: [], operations: { AddBook, CloseLibrary } });
service<Library>()('library', { unimplemented: ['CloseLibrary'], operations: { AddBook } });

// An operation is missing: it is neither built nor in the ledger.
// @ts-expect-error: Property 'CloseLibrary' is missing
service<Library>()('library', { unimplemented: [], operations: { AddBook } });

// An operation is misspelt, where it is written and where it is gathered.
// @ts-expect-error: 'AddBok' does not exist
({ AddBok: AddBook } satisfies Partial<Operations<Library>>);
// @ts-expect-error: 'noSuchOperation' is missing
service<Library>()('library', { unimplemented: [], operations: { AddBook, CloseLibrary, AddBok: AddBook } });
const gathered = { AddBook, CloseLibrary, AddBok: AddBook };
// @ts-expect-error: 'noSuchOperation' is missing
service<Library>()('library', { unimplemented: [], operations: gathered });

// The ledger names an operation that is built, and one that the service does not have.
// @ts-expect-error: is not assignable to type 'undefined'
service<Library>()('library', { unimplemented: ['AddBook'], operations: { AddBook, CloseLibrary } });
// @ts-expect-error: Type '"BurnBook"' is not assignable
service<Library>()('library', { unimplemented: ['BurnBook'], operations: { AddBook, CloseLibrary } });

// A service is listed under another's name.
const library = service<Library>()('library', { unimplemented: [], operations: { AddBook, CloseLibrary } });
row({ name: 'library', signingName: 'library', protocol: 'awsQuery', apiVersion: '1' }, async () => library);
// @ts-expect-error: Type '"library"' is not assignable to type '"archive"'
row({ name: 'archive', signingName: 'archive', protocol: 'awsQuery', apiVersion: '1' }, async () => library);

type Definition = Operations<Library>['AddBook'];

// An operation forgets authorization, or asks for nothing, or says that it needs none without AWS saying so.
// @ts-expect-error: proof, presented, access
({ run: () => ({ BookId: '1' }) }) satisfies Definition;
// @ts-expect-error: Source has 0 element(s) but target requires 1
({ access: () => [], run: () => ({ BookId: '1' }) }) satisfies Definition;
// @ts-expect-error: Property 'resource' is missing
({ access: () => [{ action: 'library:AddBook' }], run: () => ({ BookId: '1' }) }) satisfies Definition;
// @ts-expect-error: is not assignable to parameter of type '`AWS: ${string}`'
noPermission('because it is harmless');

// An operation of a token does not say which token, or hands `run` a caller that signed.
// @ts-expect-error: Property 'presented' is missing
({ proof: 'webIdentity', access: () => [{ resource: '*' }], run: () => ({ BookId: '1' }) }) satisfies Definition;
// @ts-expect-error: Property 'principalId' does not exist
({ proof: 'webIdentity', presented: ({ Title }) => ({ account: '', token: Title }), access: ({ Title }) => [{ resource: Title }], run: (_, { caller }) => ({ BookId: caller.principalId }) }) satisfies Definition;

// An operation is only authorization.
// @ts-expect-error: proof, presented, run
({ access: ({ Title }) => [{ resource: Title }] }) satisfies Definition;

// A wrong member of the input; one of the output of another type.
// @ts-expect-error: Property 'Titel' does not exist
({ access: ({ Titel }) => [{ resource: Titel }], run: () => ({ BookId: '1' }) }) satisfies Definition;
// @ts-expect-error: Property 'Titel' does not exist
({ access: ({ Title }) => [{ resource: Title }], run: ({ Titel }) => ({ BookId: Titel }) }) satisfies Definition;
// @ts-expect-error: Type 'number' is not assignable to type 'string'
({ access: ({ Title }) => [{ resource: Title }], run: ({ Pages = 0 }) => ({ BookId: Pages }) }) satisfies Definition;

// A wrong member of the output: returned, awaited, out of a write, and deep inside.
const access = (): [{ resource: string }] => [{ resource: '*' }];
const returned = { access, run: () => ({ BookId: '1', Shelves: 'A' }) } satisfies Definition;
// @ts-expect-error: strayMember: "Shelves"
service<Library>()('library', { unimplemented: ['CloseLibrary'], operations: { AddBook: returned } });
const awaited = { access, run: async () => ({ BookId: '1', Shelves: 'A' }) } satisfies Definition;
// @ts-expect-error: strayMember: "Shelves"
service<Library>()('library', { unimplemented: ['CloseLibrary'], operations: { AddBook: awaited } });
const written = { access, run: (_, { write }) => write(() => ({ BookId: '1', Shelves: 'A' })) } satisfies Definition;
// @ts-expect-error: strayMember: "Shelves"
service<Library>()('library', { unimplemented: ['CloseLibrary'], operations: { AddBook: written } });
const deep = { access, run: () => ({ BookId: '1', Authors: [{ Name: 'a', Nmae: 'b' }] }) } satisfies Definition;
// @ts-expect-error: strayMember: "Nmae"
service<Library>()('library', { unimplemented: ['CloseLibrary'], operations: { AddBook: deep } });

// A required member of the output is missing, also out of a write, also where it might be.
// @ts-expect-error: Property 'BookId' is missing
({ access: ({ Title }) => [{ resource: Title }], run: () => ({ Shelf: 'A' }) }) satisfies Definition;
// @ts-expect-error: Property 'BookId' is missing
({ access: ({ Title }) => [{ resource: Title }], run: (_, { write }) => write(() => ({ Shelf: 'A' })) }) satisfies Definition;
// @ts-expect-error: Type 'string | undefined' is not assignable to type 'string'
({ access: ({ Title }) => [{ resource: Title }], run: () => ({ BookId: process.env.BOOK }) }) satisfies Definition;

// An optional member of the input is taken for granted.
// @ts-expect-error: 'Pages' is possibly 'undefined'
({ access: ({ Title }) => [{ resource: Title }], run: ({ Pages }) => ({ BookId: Pages.toFixed() }) }) satisfies Definition;

// An error that the operation does not have, raised by it or by what it shares with others.
// @ts-expect-error: Argument of type '"NoSuchEntity"' is not assignable
({ access: ({ Title }) => [{ resource: Title }], run: (_, { error }) => { throw error('NoSuchEntity', 'gone'); } }) satisfies Definition;
declare function getBook(raise: (name: 'NoSuchEntity', message: string) => Error): { readonly BookId: string };
// @ts-expect-error: Type '"NoSuchEntity"' is not assignable
({ access: ({ Title }) => [{ resource: Title }], run: (_, { error }) => getBook(error) }) satisfies Definition;

// A draft that returns a Promise: it would be acknowledged before it is done.
// @ts-expect-error: Type 'Promise<{ BookId: string; }>' is not assignable
({ access: ({ Title }) => [{ resource: Title }], run: (_, { write }) => write(async () => ({ BookId: '1' })) }) satisfies Definition;
declare const store: Store;
declare const later: Promise<number>;
// @ts-expect-error: Type 'Promise<number>' is not assignable
void store.write('111122223333', { by: 'test', requestId: '1', action: 'library:AddBook' }, () => later);

// `access` waits for something: what it saw would be gone when it is acted on.
// @ts-expect-error: is not assignable to type 'readonly [Ask, ...Ask[]]'
({ access: async ({ Title }) => [{ resource: Title }], run: () => ({ BookId: '1' }) }) satisfies Definition;

// What may only look changes something; a document of the wrong table; an index that a table does not have.
declare const view: AccountView;
declare const draft: Draft;
// @ts-expect-error: Property 'remove' does not exist
view.users.remove('AIDA1');
// @ts-expect-error: Property 'insert' does not exist
view.policies.insert({});
// @ts-expect-error: Argument of type '"email"' is not assignable
view.users.findBy('email', 'a@b');
// @ts-expect-error: is missing the following properties from type 'UserDoc'
draft.users.insert({ UserName: 'alice' });
// @ts-expect-error: Cannot assign to 'UserName' because it is a read-only property
view.users.find('AIDA1')!.UserName = 'root';

// A table lacks a row.
const { boolean: _, ...withoutBoolean } = scalarNames;
// @ts-expect-error: Property 'boolean' is missing
withoutBoolean satisfies typeof scalarNames;
const { timestamp: __, ...withoutTimestamp } = readScalar;
// @ts-expect-error: Property 'timestamp' is missing
withoutTimestamp satisfies typeof readScalar;
