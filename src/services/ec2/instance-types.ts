/** The types that an instance may have: what a machine is given of its host. Source: "Amazon EC2 instance types". */

export interface InstanceType { readonly vcpus: number; readonly memoryMiB: number }

/** The sizes that fit on a host where other things run too; their names say what AWS's mean. */
const types = {
  't2.nano': { vcpus: 1, memoryMiB: 512 },
  't2.micro': { vcpus: 1, memoryMiB: 1024 },
  't2.small': { vcpus: 1, memoryMiB: 2048 },
  't2.medium': { vcpus: 2, memoryMiB: 4096 },
  't3.nano': { vcpus: 2, memoryMiB: 512 },
  't3.micro': { vcpus: 2, memoryMiB: 1024 },
  't3.small': { vcpus: 2, memoryMiB: 2048 },
  't3.medium': { vcpus: 2, memoryMiB: 4096 },
  't3.large': { vcpus: 2, memoryMiB: 8192 },
  'm5.large': { vcpus: 2, memoryMiB: 8192 },
  'm5.xlarge': { vcpus: 4, memoryMiB: 16_384 },
} as const satisfies Record<string, InstanceType>;

export type InstanceTypeName = keyof typeof types;

export const instanceTypes: ReadonlyMap<string, InstanceType> = new Map(Object.entries(types));

/** What RunInstances takes where none is named. Source: "RunInstances", InstanceType: m1.small, which nobody has any more. */
export const defaultInstanceType: InstanceTypeName = 't3.micro';
