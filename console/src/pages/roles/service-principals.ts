/** Services that assume roles, for the list from which a person chooses; any other can be typed. Source: each service's own page on its service role. */
export interface ServicePrincipal { readonly service: string; readonly name: string; readonly description: string }

export const servicePrincipals: readonly ServicePrincipal[] = [
  { service: 'ec2.amazonaws.com', name: 'EC2', description: 'Instances get the role’s credentials. An instance profile of the same name is made.' },
  { service: 'lambda.amazonaws.com', name: 'Lambda', description: 'Functions act with the role.' },
  { service: 'ecs-tasks.amazonaws.com', name: 'Elastic Container Service task', description: 'Containers of a task act with the role.' },
  { service: 'pods.eks.amazonaws.com', name: 'EKS pod', description: 'Pods act with the role. It also has to allow sts:TagSession: edit its trust afterwards.' },
  { service: 'eks.amazonaws.com', name: 'EKS cluster', description: 'The cluster manages what belongs to it.' },
  { service: 'rolesanywhere.amazonaws.com', name: 'IAM Roles Anywhere', description: 'Machines with a certificate. It also has to allow sts:TagSession and sts:SetSourceIdentity: edit its trust afterwards.' },
  { service: 'credentials.iot.amazonaws.com', name: 'IoT credentials provider', description: 'Devices with a certificate.' },
  { service: 'apigateway.amazonaws.com', name: 'API Gateway', description: 'Writes logs and calls what it is set up for.' },
  { service: 'cloudformation.amazonaws.com', name: 'CloudFormation', description: 'Makes and changes a stack’s resources.' },
  { service: 'codebuild.amazonaws.com', name: 'CodeBuild', description: 'Builds act with the role.' },
  { service: 'codepipeline.amazonaws.com', name: 'CodePipeline', description: 'Pipelines act with the role.' },
  { service: 'events.amazonaws.com', name: 'EventBridge', description: 'Calls the targets of rules.' },
  { service: 'firehose.amazonaws.com', name: 'Data Firehose', description: 'Delivers streams.' },
  { service: 'glue.amazonaws.com', name: 'Glue', description: 'Jobs and crawlers act with the role.' },
  { service: 'monitoring.rds.amazonaws.com', name: 'RDS enhanced monitoring', description: 'Sends metrics of database instances to logs.' },
  { service: 's3.amazonaws.com', name: 'S3', description: 'Replicates and runs batch operations.' },
  { service: 'sagemaker.amazonaws.com', name: 'SageMaker', description: 'Notebooks, training and models act with the role.' },
  { service: 'scheduler.amazonaws.com', name: 'EventBridge Scheduler', description: 'Calls the targets of schedules.' },
  { service: 'ssm.amazonaws.com', name: 'Systems Manager', description: 'Automations act with the role.' },
  { service: 'states.amazonaws.com', name: 'Step Functions', description: 'State machines act with the role.' },
  { service: 'vpc-flow-logs.amazonaws.com', name: 'VPC flow logs', description: 'Publishes flow logs.' },
];
