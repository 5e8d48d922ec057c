/** Whether the console is dark now, for what is not drawn by Cloudscape. */
import { useSyncExternalStore } from 'react';

/** What applyMode() of Cloudscape's global styles puts on the page. */
const darkClass = 'awsui-dark-mode';

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}

export const useIsDark = (): boolean => useSyncExternalStore(subscribe, () => document.body.classList.contains(darkClass));
