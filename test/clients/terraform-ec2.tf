# A key pair, and an instance with a profile: what a policy of PassRole and tags stands before.
provider "aws" {
  skip_metadata_api_check = true
}

variable "team" {
  default = "blue"
}

data "aws_ami" "host" {
  owners      = ["amazon"]
  most_recent = true
  filter {
    name   = "name"
    values = ["gatehouse-host-*"]
  }
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_security_group" "default" {
  name   = "default"
  vpc_id = data.aws_vpc.default.id
}

data "aws_availability_zones" "here" {
  state = "available"
}

data "aws_regions" "all" {}

data "aws_ec2_instance_type" "small" {
  instance_type = "t3.small"
}

resource "aws_key_pair" "mine" {
  key_name   = "terraform"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl somebody@example.com"
  tags       = { team = var.team }
}

resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_instance_profile" "app" {
  name = "app"
  role = aws_iam_role.app.name
}

resource "aws_instance" "web" {
  ami                     = data.aws_ami.host.id
  instance_type           = data.aws_ec2_instance_type.small.instance_type
  key_name                = aws_key_pair.mine.key_name
  iam_instance_profile    = aws_iam_instance_profile.app.name
  subnet_id               = data.aws_subnets.default.ids[0]
  vpc_security_group_ids  = [data.aws_security_group.default.id]
  disable_api_termination = false
  user_data               = "#!/bin/sh\necho hello\n"
  tags                    = { Name = "web", team = var.team }
  volume_tags             = { team = var.team }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = var.team == "blue" ? 1 : 2
    instance_metadata_tags      = "enabled"
  }

  root_block_device {
    volume_size = 10
  }
}

data "aws_instance" "web" {
  instance_id = aws_instance.web.id
}

data "aws_key_pair" "mine" {
  key_name           = aws_key_pair.mine.key_name
  include_public_key = true
}

output "seen" {
  value = [data.aws_instance.web.instance_state, data.aws_instance.web.tags.team, data.aws_key_pair.mine.fingerprint == aws_key_pair.mine.fingerprint, data.aws_availability_zones.here.names[0], contains(data.aws_regions.all.names, "eu-west-1")]
}
