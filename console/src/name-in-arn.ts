/** What a managed policy is called: the last part of its ARN. */
export const nameInArn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
