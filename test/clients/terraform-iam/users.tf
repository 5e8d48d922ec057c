# Users, groups, and who is in which.

resource "aws_iam_user" "alice" {
  name                 = "alice"
  path                 = "/staff/"
  permissions_boundary = local.is_first ? aws_iam_policy.boundary.arn : "arn:aws:iam::aws:policy/ReadOnlyAccess"
  tags                 = local.is_first ? { stage = "first", team = "blue" } : { stage = "second" }
}

resource "aws_iam_user" "bob" {
  name          = "bob"
  force_destroy = true
}

# Nothing hangs on these two: what they are called changes in place.
resource "aws_iam_user" "renamed" {
  name = local.is_first ? "carol" : "Caroline"
  path = local.is_first ? "/" : "/staff/"
}

resource "aws_iam_group" "renamed" {
  name = local.is_first ? "writers" : "Editors"
  path = local.is_first ? "/" : "/texts/"
}

resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group" "auditors" {
  name = "auditors"
  path = "/audit/"
}

resource "aws_iam_group" "operators" {
  name = "operators"
}

resource "aws_iam_group_membership" "developers" {
  name  = "developers"
  group = aws_iam_group.developers.name
  users = local.is_first ? [aws_iam_user.alice.name] : [aws_iam_user.alice.name, aws_iam_user.bob.name]
}

resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = local.is_first ? [aws_iam_group.auditors.name, aws_iam_group.operators.name] : [aws_iam_group.auditors.name]
}

data "aws_iam_user" "alice" {
  user_name  = aws_iam_user.alice.name
  depends_on = [aws_iam_user.alice]
}

data "aws_iam_users" "staff" {
  path_prefix = "/staff/"
  name_regex  = "^ali"
  depends_on  = [aws_iam_user.alice]
}

data "aws_iam_group" "developers" {
  group_name = aws_iam_group.developers.name
  depends_on = [aws_iam_group_membership.developers]
}

output "users" {
  value = {
    alice      = [data.aws_iam_user.alice.arn, data.aws_iam_user.alice.path, data.aws_iam_user.alice.permissions_boundary, data.aws_iam_user.alice.tags]
    has_id     = data.aws_iam_user.alice.user_id == aws_iam_user.alice.unique_id
    staff      = data.aws_iam_users.staff.names
    developers = sort(data.aws_iam_group.developers.users[*].user_name)
  }
}
