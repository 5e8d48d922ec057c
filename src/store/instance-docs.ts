/** EC2 as the journal holds it: instances, key pairs and tags, each in its region; and which machine is whose. The default network of a region is in no document: see services/ec2/network.ts. */
import type { Timestamp } from '../base/clock.ts';
import type { TagDoc } from './tables.ts';

/** Source: "InstanceState" (EC2 API Reference). */
export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** Why an instance is in its state, as AWS words it: `Client.UserInitiatedShutdown`, and the same with what there is to say behind it. */
export interface StateReasonDoc { readonly Code: string; readonly Message: string }

/** The profile that hands its role to the instance. What is replaced is another association. */
export interface ProfileAssociationDoc {
  /** `iip-assoc-` and 17 hex digits. */
  readonly AssociationId: string;
  /** By this the profile is found, or is gone: another of the same name is another. */
  readonly InstanceProfileId: string;
  /** As it was when it was associated. */
  readonly InstanceProfileArn: string;
  readonly AssociateDate: Timestamp;
}

/** Source: "InstanceMetadataOptionsResponse" (EC2 API Reference). */
export interface MetadataOptionsDoc {
  readonly HttpEndpoint: 'enabled' | 'disabled';
  readonly HttpTokens: 'optional' | 'required';
  readonly HttpPutResponseHopLimit: number;
  readonly HttpProtocolIpv6: 'enabled' | 'disabled';
  readonly InstanceMetadataTags: 'enabled' | 'disabled';
}

export interface InstanceDoc {
  /** `i-` and 17 hex digits. */
  readonly InstanceId: string;
  readonly Region: string;
  /** What the driver knows it by: unguessable, never used again, and told to nobody. */
  readonly MachineId: string;
  readonly ReservationId: string;
  /** Its place among those of its reservation. */
  readonly AmiLaunchIndex: number;
  readonly ImageId: string;
  readonly InstanceType: string;
  readonly State: InstanceState;
  /** The intent by which it leaves a state that passes. */
  readonly Transition?: string | undefined;
  readonly StateReason?: StateReasonDoc | undefined;
  /** `User initiated (2026-11-24 10:00:00 GMT)`; empty while it runs. */
  readonly StateTransitionReason: string;
  /** Of the reservation. */
  readonly CreateDate: Timestamp;
  /** When it was last started. */
  readonly LaunchTime: Timestamp;
  readonly TerminateDate?: Timestamp | undefined;
  /** What made the request of its reservation one that may be repeated. */
  readonly ClientToken?: string | undefined;
  /** Sealed: SHA-256 of that request, which may hold secrets. */
  readonly RequestDigest?: string | undefined;
  /** The key pair as it was at launch: deleting it changes nothing for the instance. */
  readonly KeyPair?: { readonly KeyName: string; readonly PublicKey: string } | undefined;
  readonly AvailabilityZone: string;
  readonly PrivateIpAddress: string;
  /** `02:…` */
  readonly MacAddress: string;
  readonly NetworkInterfaceId: string;
  readonly AttachmentId: string;
  readonly VolumeId: string;
  readonly VolumeSizeGiB: number;
  /** Where its ports are reached from this host, as the driver said at its last start. */
  readonly PublicIpAddress?: string | undefined;
  /** Sealed, of what is base64. */
  readonly UserData?: string | undefined;
  readonly Profile?: ProfileAssociationDoc | undefined;
  readonly MetadataOptions: MetadataOptionsDoc;
  readonly DisableApiTermination: boolean;
  readonly DisableApiStop: boolean;
  readonly ShutdownBehavior: 'stop' | 'terminate';
}

export interface KeyPairDoc {
  /** `key-` and 17 hex digits. */
  readonly KeyPairId: string;
  readonly Region: string;
  readonly KeyName: string;
  readonly KeyType: 'rsa' | 'ed25519';
  readonly KeyFingerprint: string;
  /** A line of OpenSSH's. The private key is kept nowhere. */
  readonly PublicKey: string;
  readonly CreateDate: Timestamp;
}

/** All tags of one resource, whatever it is; there is no document of one that has none. */
export interface Ec2TagsDoc {
  readonly Region: string;
  readonly ResourceId: string;
  /** `instance`, `key-pair`, `volume` … */
  readonly ResourceType: string;
  readonly Tags: readonly TagDoc[];
}

/** Whose a machine is, from before it is made until all of it is gone. It stands in the partition, so that a start finds it without loading accounts. */
export interface MachineDoc { readonly MachineId: string; readonly AccountId: string; readonly Region: string; readonly InstanceId: string }

/** There is one key for all instances. */
export const identityKeyId = 'instance-identity';

/** The key that signs identity documents of instances, and its certificate. */
export interface IdentityKeyDoc {
  readonly KeyId: typeof identityKeyId;
  readonly CreateDate: Timestamp;
  /** Of the certificate, in hex. */
  readonly SerialNumber: string;
  /** PEM */
  readonly Certificate: string;
  /** PKCS #8 in PEM, sealed. */
  readonly PrivateKey: string;
}
