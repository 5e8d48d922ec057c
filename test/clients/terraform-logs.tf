provider "aws" {
  region = "eu-west-1"
}

variable "stage" {
  default = "first"
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/app/web"
  retention_in_days = var.stage == "first" ? 7 : 30
  tags              = { stage = var.stage }
}

resource "aws_cloudwatch_log_group" "prefixed" {
  name_prefix = "jobs-"
}

resource "aws_cloudwatch_log_stream" "one" {
  name           = "one"
  log_group_name = aws_cloudwatch_log_group.app.name
}

data "aws_cloudwatch_log_group" "app" {
  name = aws_cloudwatch_log_group.app.name
}

data "aws_cloudwatch_log_groups" "all" {
  log_group_name_prefix = "/app/"
  depends_on            = [aws_cloudwatch_log_group.app]
}

output "app" {
  value = [data.aws_cloudwatch_log_group.app.arn, data.aws_cloudwatch_log_group.app.retention_in_days, data.aws_cloudwatch_log_groups.all.log_group_names]
}
