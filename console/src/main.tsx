/** Starts the console: asks who is signed in, and shows it. */
import '@cloudscape-design/global-styles/index.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyAppearance } from './appearance.ts';
import { problemOf } from './problem.ts';
import { goToSignIn, readSession, sessionInAddress } from './session.ts';
import { StartFailed } from './start-failed.tsx';

applyAppearance();
const root = createRoot(document.getElementById('console')!);
readSession(sessionInAddress()).then(
  (session) => root.render(<App session={session} />),
  (thrown: unknown) => {
    const problem = problemOf(thrown);
    if (problem.name === 'SessionOver') goToSignIn();
    else root.render(<StartFailed problem={problem} />);
  },
);
