# Roles, instance profiles, service-linked roles.

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [local.is_first ? aws_iam_user.alice.arn : aws_iam_user.bob.arn]
    }
  }
}

data "aws_iam_policy_document" "trust_ec2" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name                 = "deploy"
  path                 = "/ci/"
  description          = "Deploys, ${var.stage}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = local.is_first ? 3600 : 7200
  permissions_boundary = local.is_first ? null : aws_iam_policy.boundary.arn
  tags                 = { stage = var.stage }
}

resource "aws_iam_role" "batch" {
  name_prefix           = "batch-"
  assume_role_policy    = data.aws_iam_policy_document.trust_ec2.json
  force_detach_policies = true
}

# As configurations of older days have it: its policies in the role itself, and no others.
resource "aws_iam_role" "legacy" {
  name               = "legacy"
  assume_role_policy = data.aws_iam_policy_document.trust_ec2.json
  inline_policy {
    name   = "own"
    policy = local.staged
  }
  managed_policy_arns = [local.is_first ? "arn:aws:iam::aws:policy/SecurityAudit" : aws_iam_policy.list.arn]
}

resource "aws_iam_instance_profile" "fleet" {
  name = "fleet"
  path = "/ec2/"
  role = local.is_first ? aws_iam_role.batch.name : aws_iam_role.deploy.name
  tags = { stage = var.stage }
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "blue"
  description      = "scales, ${var.stage}"
  tags             = { stage = var.stage }
}

data "aws_iam_role" "deploy" {
  name       = aws_iam_role.deploy.name
  depends_on = [aws_iam_role.deploy]
}

data "aws_iam_roles" "ci" {
  path_prefix = "/ci/"
  depends_on  = [aws_iam_role.deploy]
}

data "aws_iam_instance_profile" "fleet" {
  name       = aws_iam_instance_profile.fleet.name
  depends_on = [aws_iam_instance_profile.fleet]
}

data "aws_iam_instance_profiles" "batch" {
  role_name  = aws_iam_role.batch.name
  depends_on = [aws_iam_instance_profile.fleet]
}

# Whose session this is: the role is looked up.
data "aws_iam_session_context" "deploy" {
  arn = "arn:aws:sts::${data.aws_caller_identity.current.account_id}:assumed-role/${aws_iam_role.deploy.name}/build"
}

output "roles" {
  value = {
    deploy         = [data.aws_iam_role.deploy.description, data.aws_iam_role.deploy.max_session_duration, data.aws_iam_role.deploy.permissions_boundary, data.aws_iam_role.deploy.tags]
    trusted        = jsondecode(data.aws_iam_role.deploy.assume_role_policy).Statement[0].Principal.AWS
    ci             = data.aws_iam_roles.ci.names
    fleet          = [data.aws_iam_instance_profile.fleet.path, data.aws_iam_instance_profile.fleet.role_name == aws_iam_role.deploy.name]
    batch_profiles = data.aws_iam_instance_profiles.batch.names
    scaling        = [aws_iam_service_linked_role.scaling.name, aws_iam_service_linked_role.scaling.path]
    session        = [data.aws_iam_session_context.deploy.issuer_arn, data.aws_iam_session_context.deploy.session_name]
  }
}
