/** The types of Codecommit's operations, written by scripts/refresh-models.ts from the same model as codecommit.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface Approval {
  readonly userArn?: string | undefined;
  readonly approvalState?: ApprovalState | undefined;
}

export interface ApprovalRule {
  readonly approvalRuleId?: string | undefined;
  readonly approvalRuleName?: string | undefined;
  readonly approvalRuleContent?: string | undefined;
  readonly ruleContentSha256?: string | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly lastModifiedUser?: string | undefined;
  readonly originApprovalRuleTemplate?: OriginApprovalRuleTemplate | undefined;
}

export interface ApprovalRuleEventMetadata {
  readonly approvalRuleName?: string | undefined;
  readonly approvalRuleId?: string | undefined;
  readonly approvalRuleContent?: string | undefined;
}

export interface ApprovalRuleOverriddenEventMetadata {
  readonly revisionId?: string | undefined;
  readonly overrideStatus?: OverrideStatus | undefined;
}

export interface ApprovalRuleTemplate {
  readonly approvalRuleTemplateId?: string | undefined;
  readonly approvalRuleTemplateName?: string | undefined;
  readonly approvalRuleTemplateDescription?: string | undefined;
  readonly approvalRuleTemplateContent?: string | undefined;
  readonly ruleContentSha256?: string | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly lastModifiedUser?: string | undefined;
}

export type ApprovalState = 'APPROVE' | 'REVOKE';

export interface ApprovalStateChangedEventMetadata {
  readonly revisionId?: string | undefined;
  readonly approvalStatus?: ApprovalState | undefined;
}

export interface AssociateApprovalRuleTemplateWithRepositoryInput {
  readonly approvalRuleTemplateName: string;
  readonly repositoryName: string;
}

export interface BatchAssociateApprovalRuleTemplateWithRepositoriesError {
  readonly repositoryName?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

export interface BatchAssociateApprovalRuleTemplateWithRepositoriesInput {
  readonly approvalRuleTemplateName: string;
  readonly repositoryNames: readonly string[];
}

export interface BatchAssociateApprovalRuleTemplateWithRepositoriesOutput {
  readonly associatedRepositoryNames: readonly string[];
  readonly errors: readonly BatchAssociateApprovalRuleTemplateWithRepositoriesError[];
}

export interface BatchDescribeMergeConflictsError {
  readonly filePath: string;
  readonly exceptionName: string;
  readonly message: string;
}

export interface BatchDescribeMergeConflictsInput {
  readonly repositoryName: string;
  readonly destinationCommitSpecifier: string;
  readonly sourceCommitSpecifier: string;
  readonly mergeOption: MergeOptionTypeEnum;
  readonly maxMergeHunks?: number | undefined;
  readonly maxConflictFiles?: number | undefined;
  readonly filePaths?: readonly string[] | undefined;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly nextToken?: string | undefined;
}

export interface BatchDescribeMergeConflictsOutput {
  readonly conflicts: readonly Conflict[];
  readonly nextToken?: string | undefined;
  readonly errors?: readonly BatchDescribeMergeConflictsError[] | undefined;
  readonly destinationCommitId: string;
  readonly sourceCommitId: string;
  readonly baseCommitId?: string | undefined;
}

export interface BatchDisassociateApprovalRuleTemplateFromRepositoriesError {
  readonly repositoryName?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

export interface BatchDisassociateApprovalRuleTemplateFromRepositoriesInput {
  readonly approvalRuleTemplateName: string;
  readonly repositoryNames: readonly string[];
}

export interface BatchDisassociateApprovalRuleTemplateFromRepositoriesOutput {
  readonly disassociatedRepositoryNames: readonly string[];
  readonly errors: readonly BatchDisassociateApprovalRuleTemplateFromRepositoriesError[];
}

export interface BatchGetCommitsError {
  readonly commitId?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
}

export interface BatchGetCommitsInput {
  readonly commitIds: readonly string[];
  readonly repositoryName: string;
}

export interface BatchGetCommitsOutput {
  readonly commits?: readonly Commit[] | undefined;
  readonly errors?: readonly BatchGetCommitsError[] | undefined;
}

export interface BatchGetRepositoriesError {
  readonly repositoryId?: string | undefined;
  readonly repositoryName?: string | undefined;
  readonly errorCode?: BatchGetRepositoriesErrorCodeEnum | undefined;
  readonly errorMessage?: string | undefined;
}

export type BatchGetRepositoriesErrorCodeEnum = 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'RepositoryDoesNotExistException';

export interface BatchGetRepositoriesInput {
  readonly repositoryNames: readonly string[];
}

export interface BatchGetRepositoriesOutput {
  readonly repositories?: readonly RepositoryMetadata[] | undefined;
  readonly repositoriesNotFound?: readonly string[] | undefined;
  readonly errors?: readonly BatchGetRepositoriesError[] | undefined;
}

export interface BlobMetadata {
  readonly blobId?: string | undefined;
  readonly path?: string | undefined;
  readonly mode?: string | undefined;
}

export interface BranchInfo {
  readonly branchName?: string | undefined;
  readonly commitId?: string | undefined;
}

export type ChangeTypeEnum = 'A' | 'M' | 'D';

export interface Comment {
  readonly commentId?: string | undefined;
  readonly content?: string | undefined;
  readonly inReplyTo?: string | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly authorArn?: string | undefined;
  readonly deleted?: boolean | undefined;
  readonly clientRequestToken?: string | undefined;
  readonly callerReactions?: readonly string[] | undefined;
  readonly reactionCounts?: { readonly [key: string]: number } | undefined;
}

export interface CommentsForComparedCommit {
  readonly repositoryName?: string | undefined;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId?: string | undefined;
  readonly beforeBlobId?: string | undefined;
  readonly afterBlobId?: string | undefined;
  readonly location?: Location | undefined;
  readonly comments?: readonly Comment[] | undefined;
}

export interface CommentsForPullRequest {
  readonly pullRequestId?: string | undefined;
  readonly repositoryName?: string | undefined;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId?: string | undefined;
  readonly beforeBlobId?: string | undefined;
  readonly afterBlobId?: string | undefined;
  readonly location?: Location | undefined;
  readonly comments?: readonly Comment[] | undefined;
}

export interface Commit {
  readonly commitId?: string | undefined;
  readonly treeId?: string | undefined;
  readonly parents?: readonly string[] | undefined;
  readonly message?: string | undefined;
  readonly author?: UserInfo | undefined;
  readonly committer?: UserInfo | undefined;
  readonly additionalData?: string | undefined;
}

export interface Conflict {
  readonly conflictMetadata?: ConflictMetadata | undefined;
  readonly mergeHunks?: readonly MergeHunk[] | undefined;
}

export type ConflictDetailLevelTypeEnum = 'FILE_LEVEL' | 'LINE_LEVEL';

export interface ConflictMetadata {
  readonly filePath?: string | undefined;
  readonly fileSizes?: FileSizes | undefined;
  readonly fileModes?: FileModes | undefined;
  readonly objectTypes?: ObjectTypes | undefined;
  readonly numberOfConflicts?: number | undefined;
  readonly isBinaryFile?: IsBinaryFile | undefined;
  readonly contentConflict?: boolean | undefined;
  readonly fileModeConflict?: boolean | undefined;
  readonly objectTypeConflict?: boolean | undefined;
  readonly mergeOperations?: MergeOperations | undefined;
}

export interface ConflictResolution {
  readonly replaceContents?: readonly ReplaceContentEntry[] | undefined;
  readonly deleteFiles?: readonly DeleteFileEntry[] | undefined;
  readonly setFileModes?: readonly SetFileModeEntry[] | undefined;
}

export type ConflictResolutionStrategyTypeEnum = 'NONE' | 'ACCEPT_SOURCE' | 'ACCEPT_DESTINATION' | 'AUTOMERGE';

export interface CreateApprovalRuleTemplateInput {
  readonly approvalRuleTemplateName: string;
  readonly approvalRuleTemplateContent: string;
  readonly approvalRuleTemplateDescription?: string | undefined;
}

export interface CreateApprovalRuleTemplateOutput {
  readonly approvalRuleTemplate: ApprovalRuleTemplate;
}

export interface CreateBranchInput {
  readonly repositoryName: string;
  readonly branchName: string;
  readonly commitId: string;
}

export interface CreateCommitInput {
  readonly repositoryName: string;
  readonly branchName: string;
  readonly parentCommitId?: string | undefined;
  readonly authorName?: string | undefined;
  readonly email?: string | undefined;
  readonly commitMessage?: string | undefined;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly putFiles?: readonly PutFileEntry[] | undefined;
  readonly deleteFiles?: readonly DeleteFileEntry[] | undefined;
  readonly setFileModes?: readonly SetFileModeEntry[] | undefined;
}

export interface CreateCommitOutput {
  readonly commitId?: string | undefined;
  readonly treeId?: string | undefined;
  readonly filesAdded?: readonly FileMetadata[] | undefined;
  readonly filesUpdated?: readonly FileMetadata[] | undefined;
  readonly filesDeleted?: readonly FileMetadata[] | undefined;
}

export interface CreatePullRequestApprovalRuleInput {
  readonly pullRequestId: string;
  readonly approvalRuleName: string;
  readonly approvalRuleContent: string;
}

export interface CreatePullRequestApprovalRuleOutput {
  readonly approvalRule: ApprovalRule;
}

export interface CreatePullRequestInput {
  readonly title: string;
  readonly description?: string | undefined;
  readonly targets: readonly Target[];
  readonly clientRequestToken?: string | undefined;
}

export interface CreatePullRequestOutput {
  readonly pullRequest: PullRequest;
}

export interface CreateRepositoryInput {
  readonly repositoryName: string;
  readonly repositoryDescription?: string | undefined;
  readonly tags?: { readonly [key: string]: string } | undefined;
  readonly kmsKeyId?: string | undefined;
}

export interface CreateRepositoryOutput {
  readonly repositoryMetadata?: RepositoryMetadata | undefined;
}

export interface CreateUnreferencedMergeCommitInput {
  readonly repositoryName: string;
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
  readonly mergeOption: MergeOptionTypeEnum;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly authorName?: string | undefined;
  readonly email?: string | undefined;
  readonly commitMessage?: string | undefined;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly conflictResolution?: ConflictResolution | undefined;
}

export interface CreateUnreferencedMergeCommitOutput {
  readonly commitId?: string | undefined;
  readonly treeId?: string | undefined;
}

export interface DeleteApprovalRuleTemplateInput {
  readonly approvalRuleTemplateName: string;
}

export interface DeleteApprovalRuleTemplateOutput {
  readonly approvalRuleTemplateId: string;
}

export interface DeleteBranchInput {
  readonly repositoryName: string;
  readonly branchName: string;
}

export interface DeleteBranchOutput {
  readonly deletedBranch?: BranchInfo | undefined;
}

export interface DeleteCommentContentInput {
  readonly commentId: string;
}

export interface DeleteCommentContentOutput {
  readonly comment?: Comment | undefined;
}

export interface DeleteFileEntry {
  readonly filePath: string;
}

export interface DeleteFileInput {
  readonly repositoryName: string;
  readonly branchName: string;
  readonly filePath: string;
  readonly parentCommitId: string;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly commitMessage?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface DeleteFileOutput {
  readonly commitId: string;
  readonly blobId: string;
  readonly treeId: string;
  readonly filePath: string;
}

export interface DeletePullRequestApprovalRuleInput {
  readonly pullRequestId: string;
  readonly approvalRuleName: string;
}

export interface DeletePullRequestApprovalRuleOutput {
  readonly approvalRuleId: string;
}

export interface DeleteRepositoryInput {
  readonly repositoryName: string;
}

export interface DeleteRepositoryOutput {
  readonly repositoryId?: string | undefined;
}

export interface DescribeMergeConflictsInput {
  readonly repositoryName: string;
  readonly destinationCommitSpecifier: string;
  readonly sourceCommitSpecifier: string;
  readonly mergeOption: MergeOptionTypeEnum;
  readonly maxMergeHunks?: number | undefined;
  readonly filePath: string;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly nextToken?: string | undefined;
}

export interface DescribeMergeConflictsOutput {
  readonly conflictMetadata: ConflictMetadata;
  readonly mergeHunks: readonly MergeHunk[];
  readonly nextToken?: string | undefined;
  readonly destinationCommitId: string;
  readonly sourceCommitId: string;
  readonly baseCommitId?: string | undefined;
}

export interface DescribePullRequestEventsInput {
  readonly pullRequestId: string;
  readonly pullRequestEventType?: PullRequestEventType | undefined;
  readonly actorArn?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface DescribePullRequestEventsOutput {
  readonly pullRequestEvents: readonly PullRequestEvent[];
  readonly nextToken?: string | undefined;
}

export interface Difference {
  readonly beforeBlob?: BlobMetadata | undefined;
  readonly afterBlob?: BlobMetadata | undefined;
  readonly changeType?: ChangeTypeEnum | undefined;
}

export interface DisassociateApprovalRuleTemplateFromRepositoryInput {
  readonly approvalRuleTemplateName: string;
  readonly repositoryName: string;
}

export interface EvaluatePullRequestApprovalRulesInput {
  readonly pullRequestId: string;
  readonly revisionId: string;
}

export interface EvaluatePullRequestApprovalRulesOutput {
  readonly evaluation: Evaluation;
}

export interface Evaluation {
  readonly approved?: boolean | undefined;
  readonly overridden?: boolean | undefined;
  readonly approvalRulesSatisfied?: readonly string[] | undefined;
  readonly approvalRulesNotSatisfied?: readonly string[] | undefined;
}

export interface File {
  readonly blobId?: string | undefined;
  readonly absolutePath?: string | undefined;
  readonly relativePath?: string | undefined;
  readonly fileMode?: FileModeTypeEnum | undefined;
}

export interface FileMetadata {
  readonly absolutePath?: string | undefined;
  readonly blobId?: string | undefined;
  readonly fileMode?: FileModeTypeEnum | undefined;
}

export type FileModeTypeEnum = 'EXECUTABLE' | 'NORMAL' | 'SYMLINK';

export interface FileModes {
  readonly source?: FileModeTypeEnum | undefined;
  readonly destination?: FileModeTypeEnum | undefined;
  readonly base?: FileModeTypeEnum | undefined;
}

export interface FileSizes {
  readonly source?: number | undefined;
  readonly destination?: number | undefined;
  readonly base?: number | undefined;
}

export interface FileVersion {
  readonly commit?: Commit | undefined;
  readonly blobId?: string | undefined;
  readonly path?: string | undefined;
  readonly revisionChildren?: readonly string[] | undefined;
}

export interface Folder {
  readonly treeId?: string | undefined;
  readonly absolutePath?: string | undefined;
  readonly relativePath?: string | undefined;
}

export interface GetApprovalRuleTemplateInput {
  readonly approvalRuleTemplateName: string;
}

export interface GetApprovalRuleTemplateOutput {
  readonly approvalRuleTemplate: ApprovalRuleTemplate;
}

export interface GetBlobInput {
  readonly repositoryName: string;
  readonly blobId: string;
}

export interface GetBlobOutput {
  readonly content: Uint8Array;
}

export interface GetBranchInput {
  readonly repositoryName?: string | undefined;
  readonly branchName?: string | undefined;
}

export interface GetBranchOutput {
  readonly branch?: BranchInfo | undefined;
}

export interface GetCommentInput {
  readonly commentId: string;
}

export interface GetCommentOutput {
  readonly comment?: Comment | undefined;
}

export interface GetCommentReactionsInput {
  readonly commentId: string;
  readonly reactionUserArn?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface GetCommentReactionsOutput {
  readonly reactionsForComment: readonly ReactionForComment[];
  readonly nextToken?: string | undefined;
}

export interface GetCommentsForComparedCommitInput {
  readonly repositoryName: string;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId: string;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface GetCommentsForComparedCommitOutput {
  readonly commentsForComparedCommitData?: readonly CommentsForComparedCommit[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface GetCommentsForPullRequestInput {
  readonly pullRequestId: string;
  readonly repositoryName?: string | undefined;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface GetCommentsForPullRequestOutput {
  readonly commentsForPullRequestData?: readonly CommentsForPullRequest[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface GetCommitInput {
  readonly repositoryName: string;
  readonly commitId: string;
}

export interface GetCommitOutput {
  readonly commit: Commit;
}

export interface GetDifferencesInput {
  readonly repositoryName: string;
  readonly beforeCommitSpecifier?: string | undefined;
  readonly afterCommitSpecifier: string;
  readonly beforePath?: string | undefined;
  readonly afterPath?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface GetDifferencesOutput {
  readonly differences?: readonly Difference[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface GetFileInput {
  readonly repositoryName: string;
  readonly commitSpecifier?: string | undefined;
  readonly filePath: string;
}

export interface GetFileOutput {
  readonly commitId: string;
  readonly blobId: string;
  readonly filePath: string;
  readonly fileMode: FileModeTypeEnum;
  readonly fileSize: number;
  readonly fileContent: Uint8Array;
}

export interface GetFolderInput {
  readonly repositoryName: string;
  readonly commitSpecifier?: string | undefined;
  readonly folderPath: string;
}

export interface GetFolderOutput {
  readonly commitId: string;
  readonly folderPath: string;
  readonly treeId?: string | undefined;
  readonly subFolders?: readonly Folder[] | undefined;
  readonly files?: readonly File[] | undefined;
  readonly symbolicLinks?: readonly SymbolicLink[] | undefined;
  readonly subModules?: readonly SubModule[] | undefined;
}

export interface GetMergeCommitInput {
  readonly repositoryName: string;
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
}

export interface GetMergeCommitOutput {
  readonly sourceCommitId?: string | undefined;
  readonly destinationCommitId?: string | undefined;
  readonly baseCommitId?: string | undefined;
  readonly mergedCommitId?: string | undefined;
}

export interface GetMergeConflictsInput {
  readonly repositoryName: string;
  readonly destinationCommitSpecifier: string;
  readonly sourceCommitSpecifier: string;
  readonly mergeOption: MergeOptionTypeEnum;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly maxConflictFiles?: number | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly nextToken?: string | undefined;
}

export interface GetMergeConflictsOutput {
  readonly mergeable: boolean;
  readonly destinationCommitId: string;
  readonly sourceCommitId: string;
  readonly baseCommitId?: string | undefined;
  readonly conflictMetadataList: readonly ConflictMetadata[];
  readonly nextToken?: string | undefined;
}

export interface GetMergeOptionsInput {
  readonly repositoryName: string;
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
}

export interface GetMergeOptionsOutput {
  readonly mergeOptions: readonly MergeOptionTypeEnum[];
  readonly sourceCommitId: string;
  readonly destinationCommitId: string;
  readonly baseCommitId: string;
}

export interface GetPullRequestApprovalStatesInput {
  readonly pullRequestId: string;
  readonly revisionId: string;
}

export interface GetPullRequestApprovalStatesOutput {
  readonly approvals?: readonly Approval[] | undefined;
}

export interface GetPullRequestInput {
  readonly pullRequestId: string;
}

export interface GetPullRequestOutput {
  readonly pullRequest: PullRequest;
}

export interface GetPullRequestOverrideStateInput {
  readonly pullRequestId: string;
  readonly revisionId: string;
}

export interface GetPullRequestOverrideStateOutput {
  readonly overridden?: boolean | undefined;
  readonly overrider?: string | undefined;
}

export interface GetRepositoryInput {
  readonly repositoryName: string;
}

export interface GetRepositoryOutput {
  readonly repositoryMetadata?: RepositoryMetadata | undefined;
}

export interface GetRepositoryTriggersInput {
  readonly repositoryName: string;
}

export interface GetRepositoryTriggersOutput {
  readonly configurationId?: string | undefined;
  readonly triggers?: readonly RepositoryTrigger[] | undefined;
}

export interface IsBinaryFile {
  readonly source?: boolean | undefined;
  readonly destination?: boolean | undefined;
  readonly base?: boolean | undefined;
}

export interface ListApprovalRuleTemplatesInput {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface ListApprovalRuleTemplatesOutput {
  readonly approvalRuleTemplateNames?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListAssociatedApprovalRuleTemplatesForRepositoryInput {
  readonly repositoryName: string;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface ListAssociatedApprovalRuleTemplatesForRepositoryOutput {
  readonly approvalRuleTemplateNames?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListBranchesInput {
  readonly repositoryName: string;
  readonly nextToken?: string | undefined;
}

export interface ListBranchesOutput {
  readonly branches?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListFileCommitHistoryRequest {
  readonly repositoryName: string;
  readonly commitSpecifier?: string | undefined;
  readonly filePath: string;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListFileCommitHistoryResponse {
  readonly revisionDag: readonly FileVersion[];
  readonly nextToken?: string | undefined;
}

export interface ListPullRequestsInput {
  readonly repositoryName: string;
  readonly authorArn?: string | undefined;
  readonly pullRequestStatus?: PullRequestStatusEnum | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface ListPullRequestsOutput {
  readonly pullRequestIds: readonly string[];
  readonly nextToken?: string | undefined;
}

export interface ListRepositoriesForApprovalRuleTemplateInput {
  readonly approvalRuleTemplateName: string;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface ListRepositoriesForApprovalRuleTemplateOutput {
  readonly repositoryNames?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListRepositoriesInput {
  readonly nextToken?: string | undefined;
  readonly sortBy?: SortByEnum | undefined;
  readonly order?: OrderEnum | undefined;
}

export interface ListRepositoriesOutput {
  readonly repositories?: readonly RepositoryNameIdPair[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListTagsForResourceInput {
  readonly resourceArn: string;
  readonly nextToken?: string | undefined;
}

export interface ListTagsForResourceOutput {
  readonly tags?: { readonly [key: string]: string } | undefined;
  readonly nextToken?: string | undefined;
}

export interface Location {
  readonly filePath?: string | undefined;
  readonly filePosition?: number | undefined;
  readonly relativeFileVersion?: RelativeFileVersionEnum | undefined;
}

export interface MergeBranchesByFastForwardInput {
  readonly repositoryName: string;
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
  readonly targetBranch?: string | undefined;
}

export interface MergeBranchesByFastForwardOutput {
  readonly commitId?: string | undefined;
  readonly treeId?: string | undefined;
}

export interface MergeBranchesBySquashInput {
  readonly repositoryName: string;
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
  readonly targetBranch?: string | undefined;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly authorName?: string | undefined;
  readonly email?: string | undefined;
  readonly commitMessage?: string | undefined;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly conflictResolution?: ConflictResolution | undefined;
}

export interface MergeBranchesBySquashOutput {
  readonly commitId?: string | undefined;
  readonly treeId?: string | undefined;
}

export interface MergeBranchesByThreeWayInput {
  readonly repositoryName: string;
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
  readonly targetBranch?: string | undefined;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly authorName?: string | undefined;
  readonly email?: string | undefined;
  readonly commitMessage?: string | undefined;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly conflictResolution?: ConflictResolution | undefined;
}

export interface MergeBranchesByThreeWayOutput {
  readonly commitId?: string | undefined;
  readonly treeId?: string | undefined;
}

export interface MergeHunk {
  readonly isConflict?: boolean | undefined;
  readonly source?: MergeHunkDetail | undefined;
  readonly destination?: MergeHunkDetail | undefined;
  readonly base?: MergeHunkDetail | undefined;
}

export interface MergeHunkDetail {
  readonly startLine?: number | undefined;
  readonly endLine?: number | undefined;
  readonly hunkContent?: string | undefined;
}

export interface MergeMetadata {
  readonly isMerged?: boolean | undefined;
  readonly mergedBy?: string | undefined;
  readonly mergeCommitId?: string | undefined;
  readonly mergeOption?: MergeOptionTypeEnum | undefined;
}

export interface MergeOperations {
  readonly source?: ChangeTypeEnum | undefined;
  readonly destination?: ChangeTypeEnum | undefined;
}

export type MergeOptionTypeEnum = 'FAST_FORWARD_MERGE' | 'SQUASH_MERGE' | 'THREE_WAY_MERGE';

export interface MergePullRequestByFastForwardInput {
  readonly pullRequestId: string;
  readonly repositoryName: string;
  readonly sourceCommitId?: string | undefined;
}

export interface MergePullRequestByFastForwardOutput {
  readonly pullRequest?: PullRequest | undefined;
}

export interface MergePullRequestBySquashInput {
  readonly pullRequestId: string;
  readonly repositoryName: string;
  readonly sourceCommitId?: string | undefined;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly commitMessage?: string | undefined;
  readonly authorName?: string | undefined;
  readonly email?: string | undefined;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly conflictResolution?: ConflictResolution | undefined;
}

export interface MergePullRequestBySquashOutput {
  readonly pullRequest?: PullRequest | undefined;
}

export interface MergePullRequestByThreeWayInput {
  readonly pullRequestId: string;
  readonly repositoryName: string;
  readonly sourceCommitId?: string | undefined;
  readonly conflictDetailLevel?: ConflictDetailLevelTypeEnum | undefined;
  readonly conflictResolutionStrategy?: ConflictResolutionStrategyTypeEnum | undefined;
  readonly commitMessage?: string | undefined;
  readonly authorName?: string | undefined;
  readonly email?: string | undefined;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly conflictResolution?: ConflictResolution | undefined;
}

export interface MergePullRequestByThreeWayOutput {
  readonly pullRequest?: PullRequest | undefined;
}

export type ObjectTypeEnum = 'FILE' | 'DIRECTORY' | 'GIT_LINK' | 'SYMBOLIC_LINK';

export interface ObjectTypes {
  readonly source?: ObjectTypeEnum | undefined;
  readonly destination?: ObjectTypeEnum | undefined;
  readonly base?: ObjectTypeEnum | undefined;
}

export type OrderEnum = 'ascending' | 'descending';

export interface OriginApprovalRuleTemplate {
  readonly approvalRuleTemplateId?: string | undefined;
  readonly approvalRuleTemplateName?: string | undefined;
}

export interface OverridePullRequestApprovalRulesInput {
  readonly pullRequestId: string;
  readonly revisionId: string;
  readonly overrideStatus: OverrideStatus;
}

export type OverrideStatus = 'OVERRIDE' | 'REVOKE';

export interface PostCommentForComparedCommitInput {
  readonly repositoryName: string;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId: string;
  readonly location?: Location | undefined;
  readonly content: string;
  readonly clientRequestToken?: string | undefined;
}

export interface PostCommentForComparedCommitOutput {
  readonly repositoryName?: string | undefined;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId?: string | undefined;
  readonly beforeBlobId?: string | undefined;
  readonly afterBlobId?: string | undefined;
  readonly location?: Location | undefined;
  readonly comment?: Comment | undefined;
}

export interface PostCommentForPullRequestInput {
  readonly pullRequestId: string;
  readonly repositoryName: string;
  readonly beforeCommitId: string;
  readonly afterCommitId: string;
  readonly location?: Location | undefined;
  readonly content: string;
  readonly clientRequestToken?: string | undefined;
}

export interface PostCommentForPullRequestOutput {
  readonly repositoryName?: string | undefined;
  readonly pullRequestId?: string | undefined;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId?: string | undefined;
  readonly beforeBlobId?: string | undefined;
  readonly afterBlobId?: string | undefined;
  readonly location?: Location | undefined;
  readonly comment?: Comment | undefined;
}

export interface PostCommentReplyInput {
  readonly inReplyTo: string;
  readonly clientRequestToken?: string | undefined;
  readonly content: string;
}

export interface PostCommentReplyOutput {
  readonly comment?: Comment | undefined;
}

export interface PullRequest {
  readonly pullRequestId?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly lastActivityDate?: Timestamp | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly pullRequestStatus?: PullRequestStatusEnum | undefined;
  readonly authorArn?: string | undefined;
  readonly pullRequestTargets?: readonly PullRequestTarget[] | undefined;
  readonly clientRequestToken?: string | undefined;
  readonly revisionId?: string | undefined;
  readonly approvalRules?: readonly ApprovalRule[] | undefined;
}

export interface PullRequestCreatedEventMetadata {
  readonly repositoryName?: string | undefined;
  readonly sourceCommitId?: string | undefined;
  readonly destinationCommitId?: string | undefined;
  readonly mergeBase?: string | undefined;
}

export interface PullRequestEvent {
  readonly pullRequestId?: string | undefined;
  readonly eventDate?: Timestamp | undefined;
  readonly pullRequestEventType?: PullRequestEventType | undefined;
  readonly actorArn?: string | undefined;
  readonly pullRequestCreatedEventMetadata?: PullRequestCreatedEventMetadata | undefined;
  readonly pullRequestStatusChangedEventMetadata?: PullRequestStatusChangedEventMetadata | undefined;
  readonly pullRequestSourceReferenceUpdatedEventMetadata?: PullRequestSourceReferenceUpdatedEventMetadata | undefined;
  readonly pullRequestMergedStateChangedEventMetadata?: PullRequestMergedStateChangedEventMetadata | undefined;
  readonly approvalRuleEventMetadata?: ApprovalRuleEventMetadata | undefined;
  readonly approvalStateChangedEventMetadata?: ApprovalStateChangedEventMetadata | undefined;
  readonly approvalRuleOverriddenEventMetadata?: ApprovalRuleOverriddenEventMetadata | undefined;
}

export type PullRequestEventType = 'PULL_REQUEST_CREATED' | 'PULL_REQUEST_STATUS_CHANGED' | 'PULL_REQUEST_SOURCE_REFERENCE_UPDATED' | 'PULL_REQUEST_MERGE_STATE_CHANGED' | 'PULL_REQUEST_APPROVAL_RULE_CREATED' | 'PULL_REQUEST_APPROVAL_RULE_UPDATED' | 'PULL_REQUEST_APPROVAL_RULE_DELETED' | 'PULL_REQUEST_APPROVAL_RULE_OVERRIDDEN' | 'PULL_REQUEST_APPROVAL_STATE_CHANGED';

export interface PullRequestMergedStateChangedEventMetadata {
  readonly repositoryName?: string | undefined;
  readonly destinationReference?: string | undefined;
  readonly mergeMetadata?: MergeMetadata | undefined;
}

export interface PullRequestSourceReferenceUpdatedEventMetadata {
  readonly repositoryName?: string | undefined;
  readonly beforeCommitId?: string | undefined;
  readonly afterCommitId?: string | undefined;
  readonly mergeBase?: string | undefined;
}

export interface PullRequestStatusChangedEventMetadata {
  readonly pullRequestStatus?: PullRequestStatusEnum | undefined;
}

export type PullRequestStatusEnum = 'OPEN' | 'CLOSED';

export interface PullRequestTarget {
  readonly repositoryName?: string | undefined;
  readonly sourceReference?: string | undefined;
  readonly destinationReference?: string | undefined;
  readonly destinationCommit?: string | undefined;
  readonly sourceCommit?: string | undefined;
  readonly mergeBase?: string | undefined;
  readonly mergeMetadata?: MergeMetadata | undefined;
}

export interface PutCommentReactionInput {
  readonly commentId: string;
  readonly reactionValue: string;
}

export interface PutFileEntry {
  readonly filePath: string;
  readonly fileMode?: FileModeTypeEnum | undefined;
  readonly fileContent?: Uint8Array | undefined;
  readonly sourceFile?: SourceFileSpecifier | undefined;
}

export interface PutFileInput {
  readonly repositoryName: string;
  readonly branchName: string;
  readonly fileContent: Uint8Array;
  readonly filePath: string;
  readonly fileMode?: FileModeTypeEnum | undefined;
  readonly parentCommitId?: string | undefined;
  readonly commitMessage?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface PutFileOutput {
  readonly commitId: string;
  readonly blobId: string;
  readonly treeId: string;
}

export interface PutRepositoryTriggersInput {
  readonly repositoryName: string;
  readonly triggers: readonly RepositoryTrigger[];
}

export interface PutRepositoryTriggersOutput {
  readonly configurationId?: string | undefined;
}

export interface ReactionForComment {
  readonly reaction?: ReactionValueFormats | undefined;
  readonly reactionUsers?: readonly string[] | undefined;
  readonly reactionsFromDeletedUsersCount?: number | undefined;
}

export interface ReactionValueFormats {
  readonly emoji?: string | undefined;
  readonly shortCode?: string | undefined;
  readonly unicode?: string | undefined;
}

export type RelativeFileVersionEnum = 'BEFORE' | 'AFTER';

export interface ReplaceContentEntry {
  readonly filePath: string;
  readonly replacementType: ReplacementTypeEnum;
  readonly content?: Uint8Array | undefined;
  readonly fileMode?: FileModeTypeEnum | undefined;
}

export type ReplacementTypeEnum = 'KEEP_BASE' | 'KEEP_SOURCE' | 'KEEP_DESTINATION' | 'USE_NEW_CONTENT';

export interface RepositoryMetadata {
  readonly accountId?: string | undefined;
  readonly repositoryId?: string | undefined;
  readonly repositoryName?: string | undefined;
  readonly repositoryDescription?: string | undefined;
  readonly defaultBranch?: string | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly cloneUrlHttp?: string | undefined;
  readonly cloneUrlSsh?: string | undefined;
  readonly Arn?: string | undefined;
  readonly kmsKeyId?: string | undefined;
}

export interface RepositoryNameIdPair {
  readonly repositoryName?: string | undefined;
  readonly repositoryId?: string | undefined;
}

export interface RepositoryTrigger {
  readonly name: string;
  readonly destinationArn: string;
  readonly customData?: string | undefined;
  readonly branches?: readonly string[] | undefined;
  readonly events: readonly RepositoryTriggerEventEnum[];
}

export type RepositoryTriggerEventEnum = 'all' | 'updateReference' | 'createReference' | 'deleteReference';

export interface RepositoryTriggerExecutionFailure {
  readonly trigger?: string | undefined;
  readonly failureMessage?: string | undefined;
}

export interface SetFileModeEntry {
  readonly filePath: string;
  readonly fileMode: FileModeTypeEnum;
}

export type SortByEnum = 'repositoryName' | 'lastModifiedDate';

export interface SourceFileSpecifier {
  readonly filePath: string;
  readonly isMove?: boolean | undefined;
}

export interface SubModule {
  readonly commitId?: string | undefined;
  readonly absolutePath?: string | undefined;
  readonly relativePath?: string | undefined;
}

export interface SymbolicLink {
  readonly blobId?: string | undefined;
  readonly absolutePath?: string | undefined;
  readonly relativePath?: string | undefined;
  readonly fileMode?: FileModeTypeEnum | undefined;
}

export interface TagResourceInput {
  readonly resourceArn: string;
  readonly tags: { readonly [key: string]: string };
}

export interface Target {
  readonly repositoryName: string;
  readonly sourceReference: string;
  readonly destinationReference?: string | undefined;
}

export interface TestRepositoryTriggersInput {
  readonly repositoryName: string;
  readonly triggers: readonly RepositoryTrigger[];
}

export interface TestRepositoryTriggersOutput {
  readonly successfulExecutions?: readonly string[] | undefined;
  readonly failedExecutions?: readonly RepositoryTriggerExecutionFailure[] | undefined;
}

export interface UntagResourceInput {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

export interface UpdateApprovalRuleTemplateContentInput {
  readonly approvalRuleTemplateName: string;
  readonly newRuleContent: string;
  readonly existingRuleContentSha256?: string | undefined;
}

export interface UpdateApprovalRuleTemplateContentOutput {
  readonly approvalRuleTemplate: ApprovalRuleTemplate;
}

export interface UpdateApprovalRuleTemplateDescriptionInput {
  readonly approvalRuleTemplateName: string;
  readonly approvalRuleTemplateDescription: string;
}

export interface UpdateApprovalRuleTemplateDescriptionOutput {
  readonly approvalRuleTemplate: ApprovalRuleTemplate;
}

export interface UpdateApprovalRuleTemplateNameInput {
  readonly oldApprovalRuleTemplateName: string;
  readonly newApprovalRuleTemplateName: string;
}

export interface UpdateApprovalRuleTemplateNameOutput {
  readonly approvalRuleTemplate: ApprovalRuleTemplate;
}

export interface UpdateCommentInput {
  readonly commentId: string;
  readonly content: string;
}

export interface UpdateCommentOutput {
  readonly comment?: Comment | undefined;
}

export interface UpdateDefaultBranchInput {
  readonly repositoryName: string;
  readonly defaultBranchName: string;
}

export interface UpdatePullRequestApprovalRuleContentInput {
  readonly pullRequestId: string;
  readonly approvalRuleName: string;
  readonly existingRuleContentSha256?: string | undefined;
  readonly newRuleContent: string;
}

export interface UpdatePullRequestApprovalRuleContentOutput {
  readonly approvalRule: ApprovalRule;
}

export interface UpdatePullRequestApprovalStateInput {
  readonly pullRequestId: string;
  readonly revisionId: string;
  readonly approvalState: ApprovalState;
}

export interface UpdatePullRequestDescriptionInput {
  readonly pullRequestId: string;
  readonly description: string;
}

export interface UpdatePullRequestDescriptionOutput {
  readonly pullRequest: PullRequest;
}

export interface UpdatePullRequestStatusInput {
  readonly pullRequestId: string;
  readonly pullRequestStatus: PullRequestStatusEnum;
}

export interface UpdatePullRequestStatusOutput {
  readonly pullRequest: PullRequest;
}

export interface UpdatePullRequestTitleInput {
  readonly pullRequestId: string;
  readonly title: string;
}

export interface UpdatePullRequestTitleOutput {
  readonly pullRequest: PullRequest;
}

export interface UpdateRepositoryDescriptionInput {
  readonly repositoryName: string;
  readonly repositoryDescription?: string | undefined;
}

export interface UpdateRepositoryEncryptionKeyInput {
  readonly repositoryName: string;
  readonly kmsKeyId: string;
}

export interface UpdateRepositoryEncryptionKeyOutput {
  readonly repositoryId?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly originalKmsKeyId?: string | undefined;
}

export interface UpdateRepositoryNameInput {
  readonly oldName: string;
  readonly newName: string;
}

export interface UserInfo {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly date?: string | undefined;
}

/** Every operation of Codecommit: what it takes, what it answers, which errors it may raise. */
export interface Codecommit {
  AssociateApprovalRuleTemplateWithRepository: { input: AssociateApprovalRuleTemplateWithRepositoryInput; output: void; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateDoesNotExistException' | 'MaximumRuleTemplatesAssociatedWithRepositoryException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  BatchAssociateApprovalRuleTemplateWithRepositories: { input: BatchAssociateApprovalRuleTemplateWithRepositoriesInput; output: BatchAssociateApprovalRuleTemplateWithRepositoriesOutput; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateDoesNotExistException' | 'RepositoryNamesRequiredException' | 'MaximumRepositoryNamesExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  BatchDescribeMergeConflicts: { input: BatchDescribeMergeConflictsInput; output: BatchDescribeMergeConflictsOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'MergeOptionRequiredException' | 'InvalidMergeOptionException' | 'InvalidContinuationTokenException' | 'CommitRequiredException' | 'CommitDoesNotExistException' | 'InvalidCommitException' | 'TipsDivergenceExceededException' | 'InvalidMaxConflictFilesException' | 'InvalidMaxMergeHunksException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  BatchDisassociateApprovalRuleTemplateFromRepositories: { input: BatchDisassociateApprovalRuleTemplateFromRepositoriesInput; output: BatchDisassociateApprovalRuleTemplateFromRepositoriesOutput; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateDoesNotExistException' | 'RepositoryNamesRequiredException' | 'MaximumRepositoryNamesExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  BatchGetCommits: { input: BatchGetCommitsInput; output: BatchGetCommitsOutput; errors: 'CommitIdsListRequiredException' | 'CommitIdsLimitExceededException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  BatchGetRepositories: { input: BatchGetRepositoriesInput; output: BatchGetRepositoriesOutput; errors: 'RepositoryNamesRequiredException' | 'MaximumRepositoryNamesExceededException' | 'InvalidRepositoryNameException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  CreateApprovalRuleTemplate: { input: CreateApprovalRuleTemplateInput; output: CreateApprovalRuleTemplateOutput; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateNameAlreadyExistsException' | 'ApprovalRuleTemplateContentRequiredException' | 'InvalidApprovalRuleTemplateContentException' | 'InvalidApprovalRuleTemplateDescriptionException' | 'NumberOfRuleTemplatesExceededException' };
  CreateBranch: { input: CreateBranchInput; output: void; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'BranchNameRequiredException' | 'BranchNameExistsException' | 'InvalidBranchNameException' | 'CommitIdRequiredException' | 'CommitDoesNotExistException' | 'InvalidCommitIdException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  CreateCommit: { input: CreateCommitInput; output: CreateCommitOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'ParentCommitIdRequiredException' | 'InvalidParentCommitIdException' | 'ParentCommitDoesNotExistException' | 'ParentCommitIdOutdatedException' | 'BranchNameRequiredException' | 'InvalidBranchNameException' | 'BranchDoesNotExistException' | 'BranchNameIsTagNameException' | 'FileEntryRequiredException' | 'MaximumFileEntriesExceededException' | 'PutFileEntryConflictException' | 'SourceFileOrContentRequiredException' | 'FileContentAndSourceFileSpecifiedException' | 'PathRequiredException' | 'InvalidPathException' | 'SamePathRequestException' | 'FileDoesNotExistException' | 'FileContentSizeLimitExceededException' | 'FolderContentSizeLimitExceededException' | 'InvalidDeletionParameterException' | 'RestrictedSourceFileException' | 'FileModeRequiredException' | 'InvalidFileModeException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'NoChangeException' | 'FileNameConflictsWithDirectoryNameException' | 'DirectoryNameConflictsWithFileNameException' | 'FilePathConflictsWithSubmodulePathException' };
  CreatePullRequest: { input: CreatePullRequestInput; output: CreatePullRequestOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'ClientRequestTokenRequiredException' | 'InvalidClientRequestTokenException' | 'IdempotencyParameterMismatchException' | 'ReferenceNameRequiredException' | 'InvalidReferenceNameException' | 'ReferenceDoesNotExistException' | 'ReferenceTypeNotSupportedException' | 'TitleRequiredException' | 'InvalidTitleException' | 'InvalidDescriptionException' | 'TargetsRequiredException' | 'InvalidTargetsException' | 'TargetRequiredException' | 'InvalidTargetException' | 'MultipleRepositoriesInPullRequestException' | 'MaximumOpenPullRequestsExceededException' | 'SourceAndDestinationAreSameException' };
  CreatePullRequestApprovalRule: { input: CreatePullRequestApprovalRuleInput; output: CreatePullRequestApprovalRuleOutput; errors: 'ApprovalRuleNameRequiredException' | 'InvalidApprovalRuleNameException' | 'ApprovalRuleNameAlreadyExistsException' | 'ApprovalRuleContentRequiredException' | 'InvalidApprovalRuleContentException' | 'NumberOfRulesExceededException' | 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'PullRequestAlreadyClosedException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  CreateRepository: { input: CreateRepositoryInput; output: CreateRepositoryOutput; errors: 'RepositoryNameExistsException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'InvalidRepositoryDescriptionException' | 'RepositoryLimitExceededException' | 'OperationNotAllowedException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'EncryptionKeyInvalidIdException' | 'EncryptionKeyInvalidUsageException' | 'InvalidTagsMapException' | 'TooManyTagsException' | 'InvalidSystemTagUsageException' | 'TagPolicyException' };
  CreateUnreferencedMergeCommit: { input: CreateUnreferencedMergeCommitInput; output: CreateUnreferencedMergeCommitOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'TipsDivergenceExceededException' | 'CommitRequiredException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'MergeOptionRequiredException' | 'InvalidMergeOptionException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'InvalidConflictResolutionException' | 'ManualMergeRequiredException' | 'MaximumConflictResolutionEntriesExceededException' | 'MultipleConflictResolutionEntriesException' | 'ReplacementTypeRequiredException' | 'InvalidReplacementTypeException' | 'ReplacementContentRequiredException' | 'InvalidReplacementContentException' | 'PathRequiredException' | 'InvalidPathException' | 'FileContentSizeLimitExceededException' | 'FolderContentSizeLimitExceededException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'ConcurrentReferenceUpdateException' | 'FileModeRequiredException' | 'InvalidFileModeException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  DeleteApprovalRuleTemplate: { input: DeleteApprovalRuleTemplateInput; output: DeleteApprovalRuleTemplateOutput; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateInUseException' };
  DeleteBranch: { input: DeleteBranchInput; output: DeleteBranchOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'BranchNameRequiredException' | 'InvalidBranchNameException' | 'DefaultBranchCannotBeDeletedException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  DeleteCommentContent: { input: DeleteCommentContentInput; output: DeleteCommentContentOutput; errors: 'CommentDoesNotExistException' | 'CommentIdRequiredException' | 'InvalidCommentIdException' | 'CommentDeletedException' };
  DeleteFile: { input: DeleteFileInput; output: DeleteFileOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'ParentCommitIdRequiredException' | 'InvalidParentCommitIdException' | 'ParentCommitDoesNotExistException' | 'ParentCommitIdOutdatedException' | 'PathRequiredException' | 'InvalidPathException' | 'FileDoesNotExistException' | 'BranchNameRequiredException' | 'InvalidBranchNameException' | 'BranchDoesNotExistException' | 'BranchNameIsTagNameException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  DeletePullRequestApprovalRule: { input: DeletePullRequestApprovalRuleInput; output: DeletePullRequestApprovalRuleOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'PullRequestAlreadyClosedException' | 'ApprovalRuleNameRequiredException' | 'InvalidApprovalRuleNameException' | 'CannotDeleteApprovalRuleFromTemplateException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  DeleteRepository: { input: DeleteRepositoryInput; output: DeleteRepositoryOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  DescribeMergeConflicts: { input: DescribeMergeConflictsInput; output: DescribeMergeConflictsOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'MergeOptionRequiredException' | 'InvalidMergeOptionException' | 'InvalidContinuationTokenException' | 'CommitRequiredException' | 'CommitDoesNotExistException' | 'InvalidCommitException' | 'TipsDivergenceExceededException' | 'PathRequiredException' | 'InvalidPathException' | 'FileDoesNotExistException' | 'InvalidMaxMergeHunksException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  DescribePullRequestEvents: { input: DescribePullRequestEventsInput; output: DescribePullRequestEventsOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidPullRequestEventTypeException' | 'InvalidActorArnException' | 'ActorDoesNotExistException' | 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  DisassociateApprovalRuleTemplateFromRepository: { input: DisassociateApprovalRuleTemplateFromRepositoryInput; output: void; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateDoesNotExistException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  EvaluatePullRequestApprovalRules: { input: EvaluatePullRequestApprovalRulesInput; output: EvaluatePullRequestApprovalRulesOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidRevisionIdException' | 'RevisionIdRequiredException' | 'RevisionNotCurrentException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetApprovalRuleTemplate: { input: GetApprovalRuleTemplateInput; output: GetApprovalRuleTemplateOutput; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateDoesNotExistException' };
  GetBlob: { input: GetBlobInput; output: GetBlobOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'BlobIdRequiredException' | 'InvalidBlobIdException' | 'BlobIdDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'FileTooLargeException' };
  GetBranch: { input: GetBranchInput; output: GetBranchOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'BranchNameRequiredException' | 'InvalidBranchNameException' | 'BranchDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetComment: { input: GetCommentInput; output: GetCommentOutput; errors: 'CommentDoesNotExistException' | 'CommentDeletedException' | 'CommentIdRequiredException' | 'InvalidCommentIdException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetCommentReactions: { input: GetCommentReactionsInput; output: GetCommentReactionsOutput; errors: 'CommentDoesNotExistException' | 'CommentIdRequiredException' | 'InvalidCommentIdException' | 'InvalidReactionUserArnException' | 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' | 'CommentDeletedException' };
  GetCommentsForComparedCommit: { input: GetCommentsForComparedCommitInput; output: GetCommentsForComparedCommitOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'CommitIdRequiredException' | 'InvalidCommitIdException' | 'CommitDoesNotExistException' | 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetCommentsForPullRequest: { input: GetCommentsForPullRequestInput; output: GetCommentsForPullRequestOutput; errors: 'PullRequestIdRequiredException' | 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'CommitIdRequiredException' | 'InvalidCommitIdException' | 'CommitDoesNotExistException' | 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' | 'RepositoryNotAssociatedWithPullRequestException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetCommit: { input: GetCommitInput; output: GetCommitOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'CommitIdRequiredException' | 'InvalidCommitIdException' | 'CommitIdDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetDifferences: { input: GetDifferencesInput; output: GetDifferencesOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'InvalidContinuationTokenException' | 'InvalidMaxResultsException' | 'InvalidCommitIdException' | 'CommitRequiredException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'InvalidPathException' | 'PathDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetFile: { input: GetFileInput; output: GetFileOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'PathRequiredException' | 'InvalidPathException' | 'FileDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'FileTooLargeException' };
  GetFolder: { input: GetFolderInput; output: GetFolderOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'PathRequiredException' | 'InvalidPathException' | 'FolderDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetMergeCommit: { input: GetMergeCommitInput; output: GetMergeCommitOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'CommitRequiredException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetMergeConflicts: { input: GetMergeConflictsInput; output: GetMergeConflictsOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'MergeOptionRequiredException' | 'InvalidMergeOptionException' | 'InvalidContinuationTokenException' | 'CommitRequiredException' | 'CommitDoesNotExistException' | 'InvalidCommitException' | 'TipsDivergenceExceededException' | 'InvalidMaxConflictFilesException' | 'InvalidConflictDetailLevelException' | 'InvalidDestinationCommitSpecifierException' | 'InvalidSourceCommitSpecifierException' | 'InvalidConflictResolutionStrategyException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetMergeOptions: { input: GetMergeOptionsInput; output: GetMergeOptionsOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'CommitRequiredException' | 'CommitDoesNotExistException' | 'InvalidCommitException' | 'TipsDivergenceExceededException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetPullRequest: { input: GetPullRequestInput; output: GetPullRequestOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetPullRequestApprovalStates: { input: GetPullRequestApprovalStatesInput; output: GetPullRequestApprovalStatesOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidRevisionIdException' | 'RevisionIdRequiredException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetPullRequestOverrideState: { input: GetPullRequestOverrideStateInput; output: GetPullRequestOverrideStateOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidRevisionIdException' | 'RevisionIdRequiredException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetRepository: { input: GetRepositoryInput; output: GetRepositoryOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  GetRepositoryTriggers: { input: GetRepositoryTriggersInput; output: GetRepositoryTriggersOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  ListApprovalRuleTemplates: { input: ListApprovalRuleTemplatesInput; output: ListApprovalRuleTemplatesOutput; errors: 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' };
  ListAssociatedApprovalRuleTemplatesForRepository: { input: ListAssociatedApprovalRuleTemplatesForRepositoryInput; output: ListAssociatedApprovalRuleTemplatesForRepositoryOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  ListBranches: { input: ListBranchesInput; output: ListBranchesOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'InvalidContinuationTokenException' };
  ListFileCommitHistory: { input: ListFileCommitHistoryRequest; output: ListFileCommitHistoryResponse; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'InvalidContinuationTokenException' | 'InvalidMaxResultsException' | 'TipsDivergenceExceededException' | 'CommitRequiredException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  ListPullRequests: { input: ListPullRequestsInput; output: ListPullRequestsOutput; errors: 'InvalidPullRequestStatusException' | 'InvalidAuthorArnException' | 'AuthorDoesNotExistException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  ListRepositories: { input: ListRepositoriesInput; output: ListRepositoriesOutput; errors: 'InvalidSortByException' | 'InvalidOrderException' | 'InvalidContinuationTokenException' };
  ListRepositoriesForApprovalRuleTemplate: { input: ListRepositoriesForApprovalRuleTemplateInput; output: ListRepositoriesForApprovalRuleTemplateOutput; errors: 'ApprovalRuleTemplateNameRequiredException' | 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateDoesNotExistException' | 'InvalidMaxResultsException' | 'InvalidContinuationTokenException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  ListTagsForResource: { input: ListTagsForResourceInput; output: ListTagsForResourceOutput; errors: 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'ResourceArnRequiredException' | 'InvalidResourceArnException' };
  MergeBranchesByFastForward: { input: MergeBranchesByFastForwardInput; output: MergeBranchesByFastForwardOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'TipsDivergenceExceededException' | 'CommitRequiredException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'InvalidTargetBranchException' | 'InvalidBranchNameException' | 'BranchNameRequiredException' | 'BranchNameIsTagNameException' | 'BranchDoesNotExistException' | 'ManualMergeRequiredException' | 'ConcurrentReferenceUpdateException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  MergeBranchesBySquash: { input: MergeBranchesBySquashInput; output: MergeBranchesBySquashOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'TipsDivergenceExceededException' | 'CommitRequiredException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'InvalidTargetBranchException' | 'InvalidBranchNameException' | 'BranchNameRequiredException' | 'BranchNameIsTagNameException' | 'BranchDoesNotExistException' | 'ManualMergeRequiredException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'InvalidConflictResolutionException' | 'MaximumConflictResolutionEntriesExceededException' | 'MultipleConflictResolutionEntriesException' | 'ReplacementTypeRequiredException' | 'InvalidReplacementTypeException' | 'ReplacementContentRequiredException' | 'InvalidReplacementContentException' | 'PathRequiredException' | 'InvalidPathException' | 'FileContentSizeLimitExceededException' | 'FolderContentSizeLimitExceededException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'FileModeRequiredException' | 'InvalidFileModeException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'ConcurrentReferenceUpdateException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  MergeBranchesByThreeWay: { input: MergeBranchesByThreeWayInput; output: MergeBranchesByThreeWayOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'TipsDivergenceExceededException' | 'CommitRequiredException' | 'InvalidCommitException' | 'CommitDoesNotExistException' | 'InvalidTargetBranchException' | 'InvalidBranchNameException' | 'BranchNameRequiredException' | 'BranchNameIsTagNameException' | 'BranchDoesNotExistException' | 'ManualMergeRequiredException' | 'ConcurrentReferenceUpdateException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'InvalidConflictResolutionException' | 'MaximumConflictResolutionEntriesExceededException' | 'MultipleConflictResolutionEntriesException' | 'ReplacementTypeRequiredException' | 'InvalidReplacementTypeException' | 'ReplacementContentRequiredException' | 'InvalidReplacementContentException' | 'PathRequiredException' | 'InvalidPathException' | 'FileContentSizeLimitExceededException' | 'FolderContentSizeLimitExceededException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'FileModeRequiredException' | 'InvalidFileModeException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  MergePullRequestByFastForward: { input: MergePullRequestByFastForwardInput; output: MergePullRequestByFastForwardOutput; errors: 'ManualMergeRequiredException' | 'PullRequestAlreadyClosedException' | 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'TipOfSourceReferenceIsDifferentException' | 'ReferenceDoesNotExistException' | 'InvalidCommitIdException' | 'RepositoryNotAssociatedWithPullRequestException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'ConcurrentReferenceUpdateException' | 'PullRequestApprovalRulesNotSatisfiedException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  MergePullRequestBySquash: { input: MergePullRequestBySquashInput; output: MergePullRequestBySquashOutput; errors: 'PullRequestAlreadyClosedException' | 'PullRequestDoesNotExistException' | 'PullRequestIdRequiredException' | 'InvalidPullRequestIdException' | 'InvalidCommitIdException' | 'ManualMergeRequiredException' | 'TipOfSourceReferenceIsDifferentException' | 'TipsDivergenceExceededException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'InvalidConflictResolutionException' | 'ReplacementTypeRequiredException' | 'InvalidReplacementTypeException' | 'MultipleConflictResolutionEntriesException' | 'ReplacementContentRequiredException' | 'MaximumConflictResolutionEntriesExceededException' | 'ConcurrentReferenceUpdateException' | 'PathRequiredException' | 'InvalidPathException' | 'InvalidFileModeException' | 'InvalidReplacementContentException' | 'FileContentSizeLimitExceededException' | 'FolderContentSizeLimitExceededException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'RepositoryNotAssociatedWithPullRequestException' | 'PullRequestApprovalRulesNotSatisfiedException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  MergePullRequestByThreeWay: { input: MergePullRequestByThreeWayInput; output: MergePullRequestByThreeWayOutput; errors: 'PullRequestAlreadyClosedException' | 'PullRequestDoesNotExistException' | 'PullRequestIdRequiredException' | 'InvalidPullRequestIdException' | 'InvalidCommitIdException' | 'ManualMergeRequiredException' | 'TipOfSourceReferenceIsDifferentException' | 'TipsDivergenceExceededException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'InvalidConflictDetailLevelException' | 'InvalidConflictResolutionStrategyException' | 'InvalidConflictResolutionException' | 'ReplacementTypeRequiredException' | 'InvalidReplacementTypeException' | 'MultipleConflictResolutionEntriesException' | 'ReplacementContentRequiredException' | 'MaximumConflictResolutionEntriesExceededException' | 'PathRequiredException' | 'InvalidPathException' | 'InvalidFileModeException' | 'InvalidReplacementContentException' | 'FileContentSizeLimitExceededException' | 'FolderContentSizeLimitExceededException' | 'MaximumFileContentToLoadExceededException' | 'MaximumItemsToCompareExceededException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'RepositoryNotAssociatedWithPullRequestException' | 'ConcurrentReferenceUpdateException' | 'PullRequestApprovalRulesNotSatisfiedException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  OverridePullRequestApprovalRules: { input: OverridePullRequestApprovalRulesInput; output: void; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidRevisionIdException' | 'RevisionIdRequiredException' | 'InvalidOverrideStatusException' | 'OverrideStatusRequiredException' | 'OverrideAlreadySetException' | 'RevisionNotCurrentException' | 'PullRequestAlreadyClosedException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  PostCommentForComparedCommit: { input: PostCommentForComparedCommitInput; output: PostCommentForComparedCommitOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'ClientRequestTokenRequiredException' | 'InvalidClientRequestTokenException' | 'IdempotencyParameterMismatchException' | 'CommentContentRequiredException' | 'CommentContentSizeLimitExceededException' | 'InvalidFileLocationException' | 'InvalidRelativeFileVersionEnumException' | 'PathRequiredException' | 'InvalidFilePositionException' | 'CommitIdRequiredException' | 'InvalidCommitIdException' | 'BeforeCommitIdAndAfterCommitIdAreSameException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'CommitDoesNotExistException' | 'InvalidPathException' | 'PathDoesNotExistException' | 'PathRequiredException' };
  PostCommentForPullRequest: { input: PostCommentForPullRequestInput; output: PostCommentForPullRequestOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'RepositoryNotAssociatedWithPullRequestException' | 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'ClientRequestTokenRequiredException' | 'InvalidClientRequestTokenException' | 'IdempotencyParameterMismatchException' | 'CommentContentRequiredException' | 'CommentContentSizeLimitExceededException' | 'InvalidFileLocationException' | 'InvalidRelativeFileVersionEnumException' | 'PathRequiredException' | 'InvalidFilePositionException' | 'CommitIdRequiredException' | 'InvalidCommitIdException' | 'BeforeCommitIdAndAfterCommitIdAreSameException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'CommitDoesNotExistException' | 'InvalidPathException' | 'PathDoesNotExistException' | 'PathRequiredException' };
  PostCommentReply: { input: PostCommentReplyInput; output: PostCommentReplyOutput; errors: 'ClientRequestTokenRequiredException' | 'InvalidClientRequestTokenException' | 'IdempotencyParameterMismatchException' | 'CommentContentRequiredException' | 'CommentContentSizeLimitExceededException' | 'CommentDoesNotExistException' | 'CommentIdRequiredException' | 'InvalidCommentIdException' };
  PutCommentReaction: { input: PutCommentReactionInput; output: void; errors: 'CommentDoesNotExistException' | 'CommentIdRequiredException' | 'InvalidCommentIdException' | 'InvalidReactionValueException' | 'ReactionValueRequiredException' | 'ReactionLimitExceededException' | 'CommentDeletedException' };
  PutFile: { input: PutFileInput; output: PutFileOutput; errors: 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryDoesNotExistException' | 'ParentCommitIdRequiredException' | 'InvalidParentCommitIdException' | 'ParentCommitDoesNotExistException' | 'ParentCommitIdOutdatedException' | 'FileContentRequiredException' | 'FileContentSizeLimitExceededException' | 'FolderContentSizeLimitExceededException' | 'PathRequiredException' | 'InvalidPathException' | 'BranchNameRequiredException' | 'InvalidBranchNameException' | 'BranchDoesNotExistException' | 'BranchNameIsTagNameException' | 'InvalidFileModeException' | 'NameLengthExceededException' | 'InvalidEmailException' | 'CommitMessageLengthExceededException' | 'InvalidDeletionParameterException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' | 'SameFileContentException' | 'FileNameConflictsWithDirectoryNameException' | 'DirectoryNameConflictsWithFileNameException' | 'FilePathConflictsWithSubmodulePathException' };
  PutRepositoryTriggers: { input: PutRepositoryTriggersInput; output: PutRepositoryTriggersOutput; errors: 'RepositoryDoesNotExistException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryTriggersListRequiredException' | 'MaximumRepositoryTriggersExceededException' | 'InvalidRepositoryTriggerNameException' | 'InvalidRepositoryTriggerDestinationArnException' | 'InvalidRepositoryTriggerRegionException' | 'InvalidRepositoryTriggerCustomDataException' | 'MaximumBranchesExceededException' | 'InvalidRepositoryTriggerBranchNameException' | 'InvalidRepositoryTriggerEventsException' | 'RepositoryTriggerNameRequiredException' | 'RepositoryTriggerDestinationArnRequiredException' | 'RepositoryTriggerBranchNameListRequiredException' | 'RepositoryTriggerEventsListRequiredException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  TagResource: { input: TagResourceInput; output: void; errors: 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'ResourceArnRequiredException' | 'InvalidResourceArnException' | 'TagsMapRequiredException' | 'InvalidTagsMapException' | 'TooManyTagsException' | 'InvalidSystemTagUsageException' | 'TagPolicyException' };
  TestRepositoryTriggers: { input: TestRepositoryTriggersInput; output: TestRepositoryTriggersOutput; errors: 'RepositoryDoesNotExistException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' | 'RepositoryTriggersListRequiredException' | 'MaximumRepositoryTriggersExceededException' | 'InvalidRepositoryTriggerNameException' | 'InvalidRepositoryTriggerDestinationArnException' | 'InvalidRepositoryTriggerRegionException' | 'InvalidRepositoryTriggerCustomDataException' | 'MaximumBranchesExceededException' | 'InvalidRepositoryTriggerBranchNameException' | 'InvalidRepositoryTriggerEventsException' | 'RepositoryTriggerNameRequiredException' | 'RepositoryTriggerDestinationArnRequiredException' | 'RepositoryTriggerBranchNameListRequiredException' | 'RepositoryTriggerEventsListRequiredException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  UntagResource: { input: UntagResourceInput; output: void; errors: 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'ResourceArnRequiredException' | 'InvalidResourceArnException' | 'TagKeysListRequiredException' | 'InvalidTagKeysListException' | 'TooManyTagsException' | 'InvalidSystemTagUsageException' | 'TagPolicyException' };
  UpdateApprovalRuleTemplateContent: { input: UpdateApprovalRuleTemplateContentInput; output: UpdateApprovalRuleTemplateContentOutput; errors: 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateNameRequiredException' | 'ApprovalRuleTemplateDoesNotExistException' | 'InvalidApprovalRuleTemplateContentException' | 'InvalidRuleContentSha256Exception' | 'ApprovalRuleTemplateContentRequiredException' };
  UpdateApprovalRuleTemplateDescription: { input: UpdateApprovalRuleTemplateDescriptionInput; output: UpdateApprovalRuleTemplateDescriptionOutput; errors: 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateNameRequiredException' | 'ApprovalRuleTemplateDoesNotExistException' | 'InvalidApprovalRuleTemplateDescriptionException' };
  UpdateApprovalRuleTemplateName: { input: UpdateApprovalRuleTemplateNameInput; output: UpdateApprovalRuleTemplateNameOutput; errors: 'InvalidApprovalRuleTemplateNameException' | 'ApprovalRuleTemplateNameRequiredException' | 'ApprovalRuleTemplateDoesNotExistException' | 'ApprovalRuleTemplateNameAlreadyExistsException' };
  UpdateComment: { input: UpdateCommentInput; output: UpdateCommentOutput; errors: 'CommentContentRequiredException' | 'CommentContentSizeLimitExceededException' | 'CommentDoesNotExistException' | 'CommentIdRequiredException' | 'InvalidCommentIdException' | 'CommentNotCreatedByCallerException' | 'CommentDeletedException' };
  UpdateDefaultBranch: { input: UpdateDefaultBranchInput; output: void; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'BranchNameRequiredException' | 'InvalidBranchNameException' | 'BranchDoesNotExistException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  UpdatePullRequestApprovalRuleContent: { input: UpdatePullRequestApprovalRuleContentInput; output: UpdatePullRequestApprovalRuleContentOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'PullRequestAlreadyClosedException' | 'ApprovalRuleNameRequiredException' | 'InvalidApprovalRuleNameException' | 'ApprovalRuleDoesNotExistException' | 'InvalidRuleContentSha256Exception' | 'ApprovalRuleContentRequiredException' | 'InvalidApprovalRuleContentException' | 'CannotModifyApprovalRuleFromTemplateException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  UpdatePullRequestApprovalState: { input: UpdatePullRequestApprovalStateInput; output: void; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidRevisionIdException' | 'RevisionIdRequiredException' | 'InvalidApprovalStateException' | 'ApprovalStateRequiredException' | 'PullRequestCannotBeApprovedByAuthorException' | 'RevisionNotCurrentException' | 'PullRequestAlreadyClosedException' | 'MaximumNumberOfApprovalsExceededException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  UpdatePullRequestDescription: { input: UpdatePullRequestDescriptionInput; output: UpdatePullRequestDescriptionOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidDescriptionException' | 'PullRequestAlreadyClosedException' };
  UpdatePullRequestStatus: { input: UpdatePullRequestStatusInput; output: UpdatePullRequestStatusOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'InvalidPullRequestStatusUpdateException' | 'InvalidPullRequestStatusException' | 'PullRequestStatusRequiredException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  UpdatePullRequestTitle: { input: UpdatePullRequestTitleInput; output: UpdatePullRequestTitleOutput; errors: 'PullRequestDoesNotExistException' | 'InvalidPullRequestIdException' | 'PullRequestIdRequiredException' | 'TitleRequiredException' | 'InvalidTitleException' | 'PullRequestAlreadyClosedException' };
  UpdateRepositoryDescription: { input: UpdateRepositoryDescriptionInput; output: void; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'InvalidRepositoryDescriptionException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  UpdateRepositoryEncryptionKey: { input: UpdateRepositoryEncryptionKeyInput; output: UpdateRepositoryEncryptionKeyOutput; errors: 'RepositoryNameRequiredException' | 'RepositoryDoesNotExistException' | 'InvalidRepositoryNameException' | 'EncryptionKeyRequiredException' | 'EncryptionIntegrityChecksFailedException' | 'EncryptionKeyAccessDeniedException' | 'EncryptionKeyInvalidIdException' | 'EncryptionKeyInvalidUsageException' | 'EncryptionKeyDisabledException' | 'EncryptionKeyNotFoundException' | 'EncryptionKeyUnavailableException' };
  UpdateRepositoryName: { input: UpdateRepositoryNameInput; output: void; errors: 'RepositoryDoesNotExistException' | 'RepositoryNameExistsException' | 'RepositoryNameRequiredException' | 'InvalidRepositoryNameException' };
}
