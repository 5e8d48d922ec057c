/** What AWS lists of a service, for a component: it comes when it is looked at. */
import { useEffect, useState } from 'react';
import type { ServiceReference } from '../../src/base/authorization-reference.ts';
import { loadService } from './authorization-reference.ts';

/** Undefined where AWS lists none of that prefix, or it could not be fetched. */
export function useService(prefix: string): ServiceReference | 'loading' | undefined {
  const [held, setHeld] = useState<{ readonly prefix: string; readonly service: ServiceReference | undefined }>();
  useEffect(() => {
    let isCurrent = true;
    loadService(prefix).then((service) => { if (isCurrent) setHeld({ prefix, service }); }, () => { if (isCurrent) setHeld({ prefix, service: undefined }); });
    return () => { isCurrent = false; };
  }, [prefix]);
  return held?.prefix === prefix ? held.service : 'loading';
}
