# Every resource and data source of IAM that Terraform's AWS provider has. `stage` says what is changed in place.

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
  list     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iam:List*", Resource = "*" }] })
  get      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iam:Get*", Resource = "*" }] })
  staged   = local.is_first ? local.list : local.get
}

data "aws_caller_identity" "current" {}
