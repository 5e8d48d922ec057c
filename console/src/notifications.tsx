/** What the person is told at the top of the page: what was done, and what was not. */
import Flashbar from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

export interface Notice { readonly type: 'success' | 'info' | 'warning' | 'error'; readonly text: string }
interface Notifications { readonly notify: (notice: Notice) => void; readonly shown: readonly (Notice & { readonly id: string })[]; readonly dismiss: (id: string) => void }

const Context = createContext<Notifications | undefined>(undefined);
const noticesMax = 5;
let count = 0;

export function NotificationsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<Notifications['shown']>([]);
  const notify = useCallback((notice: Notice) => setShown((before) => [{ ...notice, id: String(count += 1) }, ...before].slice(0, noticesMax)), []);
  const dismiss = useCallback((id: string) => setShown((before) => before.filter((notice) => notice.id !== id)), []);
  const value = useMemo(() => ({ notify, shown, dismiss }), [notify, shown, dismiss]);
  return <Context value={value}>{children}</Context>;
}

export function useNotifications(): Notifications {
  const notifications = useContext(Context);
  if (!notifications) throw new Error('there are no notifications outside of the console');
  return notifications;
}

export function NotificationBar(): ReactNode {
  const { shown, dismiss } = useNotifications();
  return <Flashbar items={shown.map(({ id, type, text }) => ({ id, type, content: text, dismissible: true, dismissLabel: 'Dismiss', ariaRole: type === 'error' ? 'alert' as const : 'status' as const, onDismiss: () => dismiss(id) }))} />;
}
