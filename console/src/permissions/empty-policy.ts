/** What a new policy begins with: nothing allowed, in the form that a person fills in. */
export const emptyPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Statement1', Effect: 'Allow', Action: [], Resource: [] }] }, null, 2);
