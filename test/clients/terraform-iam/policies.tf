# Managed policies and where they are attached; inline policies; what is exclusive.

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

# Each change of its document is a version; of five, the provider takes the oldest away.
resource "aws_iam_policy" "read" {
  name        = "read"
  path        = "/shared/"
  description = "Reads what IAM holds"
  policy      = local.staged
  tags        = { stage = var.stage }
}

resource "aws_iam_policy" "list" {
  name_prefix = "list-"
  policy      = local.list
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.list.arn
}

resource "aws_iam_group_policy_attachment" "developers" {
  group      = aws_iam_group.developers.name
  policy_arn = aws_iam_policy.list.arn
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.list.arn
}

# All that this policy may be attached to, of every kind.
resource "aws_iam_policy_attachment" "read" {
  name       = "read"
  policy_arn = aws_iam_policy.read.arn
  users      = local.is_first ? [aws_iam_user.alice.name] : []
  groups     = [aws_iam_group.operators.name]
  roles      = local.is_first ? [] : [aws_iam_role.deploy.name]
}

resource "aws_iam_user_policy" "bob" {
  name   = "inline"
  user   = aws_iam_user.bob.name
  policy = local.staged
}

resource "aws_iam_group_policy" "auditors" {
  name   = "inline"
  group  = aws_iam_group.auditors.name
  policy = local.staged
}

resource "aws_iam_role_policy" "batch" {
  name   = "inline"
  role   = aws_iam_role.batch.name
  policy = local.staged
}

resource "aws_iam_user_policy_attachment" "bob" {
  user       = aws_iam_user.bob.name
  policy_arn = local.is_first ? "arn:aws:iam::aws:policy/SecurityAudit" : "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
}

resource "aws_iam_group_policy_attachment" "auditors" {
  group      = aws_iam_group.auditors.name
  policy_arn = local.is_first ? "arn:aws:iam::aws:policy/SecurityAudit" : "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "batch" {
  role       = aws_iam_role.batch.name
  policy_arn = local.is_first ? "arn:aws:iam::aws:policy/SecurityAudit" : "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
}

# These name all that their principal has: whatever else it is given is taken away.
resource "aws_iam_user_policies_exclusive" "bob" {
  user_name    = aws_iam_user.bob.name
  policy_names = [aws_iam_user_policy.bob.name]
}

resource "aws_iam_group_policies_exclusive" "auditors" {
  group_name   = aws_iam_group.auditors.name
  policy_names = [aws_iam_group_policy.auditors.name]
}

resource "aws_iam_role_policies_exclusive" "batch" {
  role_name    = aws_iam_role.batch.name
  policy_names = [aws_iam_role_policy.batch.name]
}

resource "aws_iam_user_policy_attachments_exclusive" "bob" {
  user_name   = aws_iam_user.bob.name
  policy_arns = [aws_iam_user_policy_attachment.bob.policy_arn]
}

resource "aws_iam_group_policy_attachments_exclusive" "auditors" {
  group_name  = aws_iam_group.auditors.name
  policy_arns = [aws_iam_group_policy_attachment.auditors.policy_arn]
}

resource "aws_iam_role_policy_attachments_exclusive" "batch" {
  role_name   = aws_iam_role.batch.name
  policy_arns = [aws_iam_role_policy_attachment.batch.policy_arn]
}

data "aws_iam_policy" "read" {
  arn        = aws_iam_policy.read.arn
  depends_on = [aws_iam_policy_attachment.read]
}

data "aws_iam_policy" "by_name" {
  name = aws_iam_policy.list.name
}

data "aws_iam_policy" "managed" {
  name = "SecurityAudit"
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [aws_iam_policy.read.policy]
  statement {
    sid       = "Own"
    actions   = ["iam:ChangePassword"]
    resources = ["arn:aws:iam::*:user/$${aws:username}"]
  }
}

data "aws_iam_principal_policy_simulation" "alice" {
  policy_source_arn = aws_iam_user.alice.arn
  action_names      = ["iam:ListUsers"]
  depends_on        = [aws_iam_user_policy_attachment.alice]
}

data "aws_iam_principal_policy_simulation" "denied" {
  policy_source_arn        = aws_iam_user.alice.arn
  action_names             = ["iam:ListUsers", "iam:CreateUser"]
  additional_policies_json = [jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "iam:ListUsers", Resource = "*", Condition = { StringEquals = { "aws:PrincipalTag/team" = "red" } } }] })]
  context {
    key    = "aws:PrincipalTag/team"
    type   = "string"
    values = ["red"]
  }
  depends_on = [aws_iam_user_policy_attachment.alice, aws_iam_policy_attachment.read]
}

output "policies" {
  value = {
    read    = [data.aws_iam_policy.read.path, data.aws_iam_policy.read.description, data.aws_iam_policy.read.attachment_count, data.aws_iam_policy.read.tags, jsondecode(data.aws_iam_policy.read.policy).Statement[0].Action]
    by_name = data.aws_iam_policy.by_name.arn == aws_iam_policy.list.arn
    managed = data.aws_iam_policy.managed.arn
    merged  = jsondecode(data.aws_iam_policy_document.merged.json).Statement[*].Action
    allowed = [data.aws_iam_principal_policy_simulation.alice.all_allowed, [for result in data.aws_iam_principal_policy_simulation.alice.results : result.decision]]
    denied  = [for result in data.aws_iam_principal_policy_simulation.denied.results : "${result.action_name} ${result.decision}"]
  }
}
