/** The help panel: a page says what belongs there, by `useHelp`. */
import HelpPanel from '@cloudscape-design/components/help-panel';
import { createContext, useContext, useEffect } from 'react';
import type { ReactNode } from 'react';

export interface Help { readonly header: string; readonly content: ReactNode }

export const HelpContext = createContext<(help: Help | undefined) => void>(() => undefined);

/** The help of the page that is shown: an element that is the same at every rendering, so one outside of the component. */
export function useHelp(help: Help): void {
  const setHelp = useContext(HelpContext);
  useEffect(() => {
    setHelp(help);
    return () => setHelp(undefined);
  }, [help, setHelp]);
}

export const HelpDrawer = ({ help }: { readonly help: Help | undefined }): ReactNode => help ? <HelpPanel header={<h2>{help.header}</h2>}>{help.content}</HelpPanel> : null;
