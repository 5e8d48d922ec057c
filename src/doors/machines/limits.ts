/** The limits of machines, all in one place. What depends on the type of an instance (memory, virtual CPUs, disk) comes with it. */

export const machineLimits = {
  /** Processes and threads of one machine. */
  processesMax: 512,
  /** Files that one of its processes has open. */
  openFilesMax: 4_096,
  /** What its processes weigh beside others of the host where processors are short; 100 is what everything else weighs. */
  cpuWeight: 20,
  /** How far below everything else on the host a machine's processes are scheduled. */
  niceness: 10,
  /** What its /run and its /dev/shm hold, in memory, MiB each. */
  memoryFolderMiB: 16,
  /** What is kept of a console, as GetConsoleOutput gives it. */
  consoleBytes: 64 * 1024,
  /** What a machine may write to its console within one turn of the clock below; beyond, it waits. */
  consoleBytesPerTurn: 64 * 1024,
  consoleTurnMs: 200,
  /** How often what was written goes to CloudWatch Logs, and how much may wait to; beyond, the machine waits. */
  consoleKeepMs: 1_000,
  consoleWaitingBytes: 1024 * 1024,
  /** A longer line is several. */
  consoleLineLength: 16 * 1024,
  /** What CloudWatch Logs keeps of one console each day. */
  consoleBytesPerDay: 64 * 1024 * 1024,
  /** From the command to boot to a machine that runs. */
  bootMs: 30_000,
  /** From the request to shut down to the end of everything that is left. */
  shutdownMs: 15_000,
  /** How often it is looked how much memory the machines take, where no control group holds them to it. */
  memoryLookMs: 1_000,
  /** How often it is looked how full their disks are, where they are no volumes. */
  diskLookMs: 20_000,
  /** How long a container engine has to answer, and how much. */
  engineMs: 60_000,
  engineAnswerBytesMax: 4 * 1024 * 1024,
  /** MiB that what joins a container to this Gatehouse takes of it, beside what its machine has. */
  relayMemoryMiB: 96,
  /** Connections from one machine to the API at once. */
  apiConnectionsMax: 256,
  /** Clients of SSH at one machine at once. */
  sshConnectionsMax: 32,
  /** Connections by which a machine offers to answer clients of SSH, at once. */
  sshOffersMax: 4,
  /** For how long a client of SSH waits until the machine takes it. */
  sshWaitMs: 10_000,
} as const;

/** Python's clients give the metadata service one second, once: too little where a machine shares its host with others. Source: botocore, "Configuration", metadata_service_timeout. */
export const metadataPatience = { AWS_METADATA_SERVICE_TIMEOUT: '5', AWS_METADATA_SERVICE_NUM_ATTEMPTS: '3' } as const;
