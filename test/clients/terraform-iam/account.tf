# What the account as a whole has one of.

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = local.is_first ? 12 : 16
  require_lowercase_characters   = true
  require_numbers                = true
  require_symbols                = local.is_first
  require_uppercase_characters   = true
  allow_users_to_change_password = true
  hard_expiry                    = !local.is_first
  max_password_age               = local.is_first ? 90 : 30
  password_reuse_prevention      = 5
}

resource "aws_iam_account_alias" "acme" {
  account_alias = local.is_first ? "acme-first" : "acme-second"
}

resource "aws_iam_security_token_service_preferences" "tokens" {
  global_endpoint_token_version = local.is_first ? "v2Token" : "v1Token"
}

data "aws_iam_account_alias" "acme" {
  depends_on = [aws_iam_account_alias.acme]
}

# An account that is in no organization has no such features: wanted once, to see that it is told so.
variable "wants_organization" {
  default = false
}

resource "aws_iam_organizations_features" "root" {
  count            = var.wants_organization ? 1 : 0
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}

output "account" {
  value = {
    alias   = data.aws_iam_account_alias.acme.account_alias
    expires = aws_iam_account_password_policy.strict.expire_passwords
  }
}
