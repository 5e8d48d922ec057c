/** A thread for the test of WriterThread: gives each task back with how many came together; `fail` fails, `end` ends the thread at once. */
import { serveTasks } from '../../src/store/writer-thread.ts';

serveTasks<string, string>((tasks) => {
  if (tasks.includes('end')) process.exit(3);
  return tasks.map((task) => (task === 'fail' ? { error: new Error('as asked') } : { result: `${task} of ${tasks.length}` }));
}, { close: () => {} });
