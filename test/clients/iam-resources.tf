# Resources of IAM beyond those of the page about Terraform: what the variable says of them is changed in place.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  skip_metadata_api_check = true
  skip_region_validation  = true
}

variable "stage" {
  default = "first"
}

locals {
  is_first = var.stage == "first"
  trust    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_login_profile" "alice" {
  user                    = aws_iam_user.alice.name
  password_reset_required = true
  depends_on              = [aws_iam_account_password_policy.strict]
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = local.is_first ? 12 : 16
  require_lowercase_characters   = true
  require_numbers                = true
  require_symbols                = local.is_first
  require_uppercase_characters   = true
  allow_users_to_change_password = true
  max_password_age               = local.is_first ? 90 : 0
  password_reuse_prevention      = 5
}

resource "aws_iam_account_alias" "acme" {
  account_alias = local.is_first ? "acme-first" : "acme-second"
}

resource "aws_iam_virtual_mfa_device" "phone" {
  virtual_mfa_device_name = "alice-phone"
  path                    = "/staff/"
  tags                    = { stage = var.stage }
}

resource "aws_iam_role" "blue" {
  name               = "blue"
  assume_role_policy = local.trust
}

resource "aws_iam_role" "green" {
  name               = "green"
  assume_role_policy = local.trust
}

# It is there already: Terraform takes it over, puts the role in and tags it.
import {
  to = aws_iam_instance_profile.fleet
  id = "fleet"
}

resource "aws_iam_instance_profile" "fleet" {
  name = "fleet"
  path = "/ec2/"
  role = local.is_first ? aws_iam_role.blue.name : aws_iam_role.green.name
  tags = { stage = var.stage }
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "blue"
  description      = "scales, ${var.stage}"
  tags             = { stage = var.stage }
}

resource "aws_iam_security_token_service_preferences" "tokens" {
  global_endpoint_token_version = local.is_first ? "v2Token" : "v1Token"
}

data "aws_iam_instance_profile" "fleet" {
  name = aws_iam_instance_profile.fleet.name
}

data "aws_iam_instance_profiles" "blue" {
  role_name  = aws_iam_role.blue.name
  depends_on = [aws_iam_instance_profile.fleet]
}

output "profile_role" {
  value = data.aws_iam_instance_profile.fleet.role_arn
}

output "seed" {
  value = nonsensitive(aws_iam_virtual_mfa_device.phone.base_32_string_seed)
}
