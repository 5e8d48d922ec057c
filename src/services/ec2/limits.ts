/** The limits of EC2, all in one place. */

export const ec2Limits = {
  /** Source: "Amazon EC2 service quotas", "Running On-Demand Standard instances". */
  runningVcpusMax: 64,
  /** Instances of an account in one region that are not terminated. */
  instancesMax: 100,
  /** Source: "Create a key pair" (EC2 User Guide): "up to 5,000 key pairs per Region". */
  keyPairsMax: 5_000,
  /** Source: "Tag your Amazon EC2 resources", "Tag restrictions". */
  tagsMax: 50,
  tagKeyLengthMax: 128,
  tagValueLengthMax: 256,
  /** Resources of one CreateTags. Source: "CreateTags". */
  taggedMax: 1_000,
  /** Before it is base64. Source: "Run commands when you launch an EC2 instance". */
  userDataBytesMax: 16_384,
  /** Source: "Filtering resources": "up to 50 filters and up to 200 values per filter". */
  filtersMax: 50,
  filterValuesMax: 200,
  filterValueLengthMax: 1_024,
  /** Instances, key pairs or tags that one request names. */
  namedMax: 1_000,
  pageMax: 1_000,
  /** How long a terminated instance is shown. Source: "Terminate your instance": "for a short while". */
  terminatedForMs: 3_600_000,
  /** Of terminated instances, how many are kept in a region; the oldest go first. */
  terminatedMax: 500,
  /** GiB of an instance's disk. */
  volumeDefaultGiB: 8,
  volumeMaxGiB: 64,
  /** Source: "RunInstances", ClientToken. */
  clientTokenLengthMax: 64,
} as const;
