/** What carries tags, and how each of IAM's calls about them is named for it. */
import {
  ListInstanceProfileTagsCommand, ListOpenIDConnectProviderTagsCommand, ListPolicyTagsCommand, ListRoleTagsCommand, ListSAMLProviderTagsCommand, ListUserTagsCommand, TagInstanceProfileCommand, TagOpenIDConnectProviderCommand, TagPolicyCommand,
  TagRoleCommand, TagSAMLProviderCommand, TagUserCommand, UntagInstanceProfileCommand, UntagOpenIDConnectProviderCommand, UntagPolicyCommand, UntagRoleCommand, UntagSAMLProviderCommand, UntagUserCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient, Tag } from '@aws-sdk/client-iam';

interface TaggableCalls {
  readonly list: (iam: IAMClient, id: string, Marker: string | undefined) => Promise<{ readonly Tags?: readonly Tag[] | undefined; readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }>;
  readonly tag: (iam: IAMClient, id: string, Tags: Tag[]) => Promise<unknown>;
  readonly untag: (iam: IAMClient, id: string, TagKeys: string[]) => Promise<unknown>;
}

/** By name, or by ARN where AWS wants that. */
export const taggables = {
  user: {
    list: async (iam, UserName, Marker) => iam.send(new ListUserTagsCommand({ UserName, Marker })),
    tag: async (iam, UserName, Tags) => iam.send(new TagUserCommand({ UserName, Tags })),
    untag: async (iam, UserName, TagKeys) => iam.send(new UntagUserCommand({ UserName, TagKeys })),
  },
  role: {
    list: async (iam, RoleName, Marker) => iam.send(new ListRoleTagsCommand({ RoleName, Marker })),
    tag: async (iam, RoleName, Tags) => iam.send(new TagRoleCommand({ RoleName, Tags })),
    untag: async (iam, RoleName, TagKeys) => iam.send(new UntagRoleCommand({ RoleName, TagKeys })),
  },
  policy: {
    list: async (iam, PolicyArn, Marker) => iam.send(new ListPolicyTagsCommand({ PolicyArn, Marker })),
    tag: async (iam, PolicyArn, Tags) => iam.send(new TagPolicyCommand({ PolicyArn, Tags })),
    untag: async (iam, PolicyArn, TagKeys) => iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys })),
  },
  instanceProfile: {
    list: async (iam, InstanceProfileName, Marker) => iam.send(new ListInstanceProfileTagsCommand({ InstanceProfileName, Marker })),
    tag: async (iam, InstanceProfileName, Tags) => iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags })),
    untag: async (iam, InstanceProfileName, TagKeys) => iam.send(new UntagInstanceProfileCommand({ InstanceProfileName, TagKeys })),
  },
  openIdConnectProvider: {
    list: async (iam, OpenIDConnectProviderArn, Marker) => iam.send(new ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn, Marker })),
    tag: async (iam, OpenIDConnectProviderArn, Tags) => iam.send(new TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags })),
    untag: async (iam, OpenIDConnectProviderArn, TagKeys) => iam.send(new UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys })),
  },
  samlProvider: {
    list: async (iam, SAMLProviderArn, Marker) => iam.send(new ListSAMLProviderTagsCommand({ SAMLProviderArn, Marker })),
    tag: async (iam, SAMLProviderArn, Tags) => iam.send(new TagSAMLProviderCommand({ SAMLProviderArn, Tags })),
    untag: async (iam, SAMLProviderArn, TagKeys) => iam.send(new UntagSAMLProviderCommand({ SAMLProviderArn, TagKeys })),
  },
} as const satisfies Readonly<Record<string, TaggableCalls>>;

export type Taggable = keyof typeof taggables;
