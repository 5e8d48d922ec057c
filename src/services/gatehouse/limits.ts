/** The limits of what Gatehouse answers about itself. */

/** Of who can access what: a call goes through so many principals at most, and then answers what it found. */
export const principalsPerCallMax = 10_000;
/** Principals between which nobody else has a turn: with 2 KB of policies of their own each, some milliseconds. */
export const principalsPerTurn = 25;
/** Actions between which nobody else has a turn. */
export const actionsPerTurn = 100;
/** A page that tells as many statements is full, whatever MaxItems says: what writes it holds everybody up. */
export const statementsPerPageMax = 1_000;
/** Of the statements that have a part in an answer as many are told, of each kind. */
export const statementsToldMax = 25;
/** Of a statement's resources, and of a condition's values, as many are told. */
export const valuesToldMax = 20;
/** Clusters that are registered in a region. Source: "View and manage Amazon EKS and Fargate service quotas" (EKS User Guide). */
export const clustersPerRegionMax = 100;
/** Keys that are given for one of them. */
export const clusterKeysMax = 20;
/** Machines that are enrolled, or are to, in a region. */
export const machinesPerRegionMax = 10_000;
/** Trust anchors, of which that of machines is one. Source: "Quotas for AWS Identity and Access Management Roles Anywhere". */
export const trustAnchorsPerRegionMax = 50;
/** For how long a code to enrol with is good, seconds: where nothing is said, and at most (EnrollmentSeconds in the model). */
export const enrollmentSecondsDefault = 900;
export const enrollmentSecondsMax = 86_400;
/** Attempts to enrol from one address within the window, and with one code at all. */
export const attemptsPerAddressMax = 20;
export const attemptsWindowMs = 60_000;
export const attemptsPerCodeMax = 5;
