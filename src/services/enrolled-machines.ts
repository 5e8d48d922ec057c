/** Machines that enrolled, as every service that meets one knows it: by its certificate. */
import { hash } from 'node:crypto';
import type { EnrolledMachineDoc } from '../store/enrolled-machine-docs.ts';
import type { AccountView } from '../store/store.ts';

/** The SHA-256 of a certificate in PEM, in hexadecimal. */
export const certificateFingerprint = (pem: string): string => hash('sha256', Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64'));

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Whether a certificate is among those of a bundle, however both are written. */
export const holdsCertificate = (bundle: string, pem: string): boolean => (bundle.match(pemBlock) ?? []).some((block) => certificateFingerprint(block) === certificateFingerprint(pem));

/** Undefined where the certificate is of none that is still registered. */
export const enrolledMachineOf = (pem: string, view: AccountView): EnrolledMachineDoc | undefined => view.enrolledMachines.findBy('certificate', certificateFingerprint(pem));
