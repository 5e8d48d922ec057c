/** The MFA devices of a user, or of root: an authenticator app is set up with its QR code and two codes; devices are resynchronized and removed. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { CreateVirtualMFADeviceCommand, DeactivateMFADeviceCommand, DeleteVirtualMFADeviceCommand, EnableMFADeviceCommand, ListMFADevicesCommand, ResyncMFADeviceCommand } from '@aws-sdk/client-iam';
import type { MFADevice, VirtualMFADevice } from '@aws-sdk/client-iam';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../confirm.tsx';
import { List } from '../list.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import { markedPages, useList } from '../read.ts';
import type { ListRead } from '../read.ts';
import { Ago } from '../times.tsx';
import { useWrite } from '../write.ts';
import { Secret } from './secret-once.tsx';

/** A virtual device's serial number is its ARN; a passkey's names its kind. */
export const isVirtual = (serialNumber: string): boolean => /:mfa\//.test(serialNumber);
const isPasskey = (serialNumber: string): boolean => /:u2f\//.test(serialNumber);
const typeOf = ({ SerialNumber }: MFADevice): string => isVirtual(SerialNumber!) ? 'Virtual' : isPasskey(SerialNumber!) ? 'Passkey or security key' : 'Hardware';
const nameOf = ({ SerialNumber }: MFADevice): string => SerialNumber!.slice(SerialNumber!.lastIndexOf('/') + 1);

/** `userName` undefined: the caller's own, as of root. */
export const useMfaDevices = (userName: string | undefined): ListRead<MFADevice> => useList(({ iam }) => markedPages((Marker) => iam.send(new ListMFADevicesCommand({ UserName: userName, Marker })), ({ MFADevices }) => MFADevices), [userName]);

export interface MfaDevicesProps {
  readonly userName: string | undefined;
  /** Who answers for the devices of root: without a user, EnableMFADevice names it by the account. */
  readonly owner: string;
  readonly devices: ListRead<MFADevice>;
  /** More ways to add one: a passkey, of who is signed in. */
  readonly actions?: ReactNode;
}

type Dialog = 'assign' | 'resync' | 'remove';

export function MfaDevices({ userName, owner, devices, actions }: MfaDevicesProps): ReactNode {
  const [chosen, setChosen] = useState<readonly MFADevice[]>([]);
  const [dialog, setDialog] = useState<Dialog>();
  const device = devices.items.find(({ SerialNumber }) => SerialNumber === chosen[0]?.SerialNumber);
  const close = (): void => setDialog(undefined);
  const changed = (): void => { close(); devices.refresh(); };
  return (
    <>
      <List<MFADevice>
        variant="container" list={devices} title="Multi-factor authentication (MFA)" noun="MFA device" description="A second proof at sign-in. Up to eight devices; any one is enough." keyOf={nameOf} idOf={({ SerialNumber }) => SerialNumber!}
        selection="single" chosen={device ? [device] : []} onChoose={setChosen}
        columns={[
          { id: 'type', header: 'Type', cell: typeOf, value: typeOf },
          { id: 'serial', header: 'Identifier', cell: ({ SerialNumber }) => SerialNumber, value: ({ SerialNumber }) => SerialNumber, width: 420 },
          { id: 'enabled', header: 'Created', cell: ({ EnableDate }) => <Ago time={EnableDate} />, value: ({ EnableDate }) => EnableDate?.getTime() },
        ]}
        actions={() => (
          <>
            <Button disabled={!device} onClick={() => setDialog('remove')}>Remove</Button>
            <Button disabled={!device || isPasskey(device.SerialNumber!)} disabledReason={device ? 'A passkey needs no resynchronization.' : undefined} onClick={() => setDialog('resync')}>Resync</Button>
            {actions}
            <Button onClick={() => setDialog('assign')}>Assign MFA device</Button>
          </>
        )}
      />
      {dialog === 'assign' ? <AssignVirtual userName={userName} owner={owner} onDone={changed} onDismiss={close} /> : undefined}
      {dialog === 'resync' && device ? <Resync userName={userName} owner={owner} device={device} onDone={changed} onDismiss={close} /> : undefined}
      {dialog === 'remove' && device ? <Remove userName={userName} device={device} onDone={changed} onDismiss={close} /> : undefined}
    </>
  );
}

interface DialogProps { readonly userName: string | undefined; readonly owner?: string; readonly onDone: () => void; readonly onDismiss: () => void }

const codeForm = /^\d{6}$/;

/** Two codes that follow each other, as the API wants them. */
function TwoCodes({ codes, onChange, fieldError }: { readonly codes: readonly [string, string]; readonly onChange: (codes: readonly [string, string]) => void; readonly fieldError: (member: string) => string | undefined }): ReactNode {
  const [first, second] = codes;
  return (
    <>
      <FormField label="MFA code 1" errorText={fieldError('AuthenticationCode1')}><Input value={first} inputMode="numeric" autoComplete={false} onChange={({ detail }) => onChange([detail.value.trim(), second])} /></FormField>
      <FormField label="MFA code 2" constraintText="The next one: wait until the app shows another." errorText={fieldError('AuthenticationCode2')}><Input value={second} inputMode="numeric" autoComplete={false} onChange={({ detail }) => onChange([first, detail.value.trim()])} /></FormField>
    </>
  );
}

function AssignVirtual({ userName, owner = '', onDone, onDismiss }: DialogProps): ReactNode {
  const [name, setName] = useState(owner);
  const [device, setDevice] = useState<VirtualMFADevice>();
  const [codes, setCodes] = useState<readonly [string, string]>(['', '']);
  const write = useWrite();
  const make = async (): Promise<void> => {
    const made = await write.run({ act: async ({ iam }) => (await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }))).VirtualMFADevice! });
    if (made) setDevice(made.value);
  };
  const enable = async (): Promise<void> => {
    // Root's own user name for this call is the account's number; AWS takes any name that is root's.
    if (await write.run({ done: `${name} is assigned.`, act: ({ iam }) => iam.send(new EnableMFADeviceCommand({ UserName: userName ?? owner, SerialNumber: device!.SerialNumber, AuthenticationCode1: codes[0], AuthenticationCode2: codes[1] })) })) onDone();
  };
  // A device that was made and not assigned would stay behind.
  const cancel = async (): Promise<void> => {
    if (device && !await write.run({ act: ({ iam }) => iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: device.SerialNumber })) })) return;
    onDismiss();
  };
  const isReady = device ? codes.every((code) => codeForm.test(code)) && codes[0] !== codes[1] : name !== '';
  return (
    <Modal visible header="Assign MFA device" closeAriaLabel="Close" onDismiss={cancel} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={cancel}>Cancel</Button><Button variant="primary" disabled={!isReady} loading={write.isBusy} onClick={device ? enable : make}>{device ? 'Add MFA' : 'Next'}</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        {device ? (
          <>
            <Box>Scan this code with an authenticator app, or type the secret key into it. Then give two codes, one after the other.</Box>
            <QrCode png={device.QRCodePNG!} />
            <FormField label="Secret key"><Secret label="secret key" value={new TextDecoder().decode(device.Base32StringSeed)} /></FormField>
            <TwoCodes codes={codes} onChange={setCodes} fieldError={write.fieldError} />
          </>
        ) : <FormField label="Device name" constraintText="Letters, digits and +=,.@-_; unique in the account." errorText={write.fieldError('VirtualMFADeviceName')}><Input value={name} onChange={({ detail }) => setName(detail.value)} /></FormField>}
        <ProblemAlert problem={write.problem} what="MFA device" />
      </SpaceBetween>
    </Modal>
  );
}

/** The picture is kept in memory only, and let go with the dialog. */
function QrCode({ png }: { readonly png: Uint8Array }): ReactNode {
  const show = useCallback((image: HTMLImageElement) => {
    const address = URL.createObjectURL(new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' }));
    image.src = address;
    return () => URL.revokeObjectURL(address);
  }, [png]);
  return <img className="qr-code" ref={show} alt="QR code of the secret key" />;
}

function Resync({ userName, owner = '', device, onDone, onDismiss }: DialogProps & { readonly device: MFADevice }): ReactNode {
  const [codes, setCodes] = useState<readonly [string, string]>(['', '']);
  const write = useWrite();
  const resync = async (): Promise<void> => {
    if (await write.run({ done: `${nameOf(device)} is resynchronized.`, act: ({ iam }) => iam.send(new ResyncMFADeviceCommand({ UserName: userName ?? owner, SerialNumber: device.SerialNumber, AuthenticationCode1: codes[0], AuthenticationCode2: codes[1] })) })) onDone();
  };
  return (
    <Modal visible header={`Resync ${nameOf(device)}`} closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={!codes.every((code) => codeForm.test(code))} loading={write.isBusy} onClick={resync}>Resync</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m"><TwoCodes codes={codes} onChange={setCodes} fieldError={write.fieldError} /><ProblemAlert problem={write.problem} what="MFA device" /></SpaceBetween>
    </Modal>
  );
}

function Remove({ userName, device, onDone, onDismiss }: DialogProps & { readonly device: MFADevice }): ReactNode {
  const write = useWrite();
  const remove = async (): Promise<void> => {
    const removed = await write.run({ done: `${nameOf(device)} is removed.`, act: async ({ iam }) => {
      await iam.send(new DeactivateMFADeviceCommand({ UserName: userName, SerialNumber: device.SerialNumber }));
      if (isVirtual(device.SerialNumber!)) await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: device.SerialNumber }));
    } });
    if (removed) onDone();
  };
  return <Confirm title={`Remove ${nameOf(device)}?`} verb="Remove" write={write} onConfirm={remove} onDismiss={onDismiss}>It is no longer asked for at sign-in, and what policies allow only with MFA is denied without another device.{isVirtual(device.SerialNumber!) ? ' A virtual device is deleted with its secret.' : ''}</Confirm>;
}
