# Identity providers and server certificates.

variable "saml_metadata" {}
variable "saml_metadata_second" {}
variable "private_key" {}
variable "certificate_chain" {}

resource "aws_iam_saml_provider" "idp" {
  name                   = "idp"
  saml_metadata_document = local.is_first ? var.saml_metadata : var.saml_metadata_second
  tags                   = { stage = var.stage }
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://ci.example/issuer"
  client_id_list  = local.is_first ? ["sts.amazonaws.com"] : ["another", "sts.amazonaws.com"]
  thumbprint_list = [local.is_first ? "cf23df2207d99a74fbe169e3eba035e633b65d94" : "990f4193972f2becf12ddeda5237f9c952f20d9e"]
  tags            = { stage = var.stage }
}

# Without thumbprints.
resource "aws_iam_openid_connect_provider" "bare" {
  url            = "https://bare.example"
  client_id_list = ["one"]
}

resource "aws_iam_server_certificate" "site" {
  name              = local.is_first ? "site" : "shop"
  path              = local.is_first ? "/" : "/cloudfront/"
  certificate_body  = var.certificate
  certificate_chain = var.certificate_chain
  private_key       = var.private_key
  # Nobody can read it of a certificate that is there already.
  lifecycle { ignore_changes = [private_key] }
}

resource "aws_iam_server_certificate" "tagged" {
  name_prefix      = "tagged-"
  certificate_body = var.certificate
  private_key      = var.private_key
  tags             = { stage = var.stage }
  lifecycle { ignore_changes = [private_key] }
}

data "aws_iam_saml_provider" "idp" {
  arn        = aws_iam_saml_provider.idp.arn
  depends_on = [aws_iam_saml_provider.idp]
}

data "aws_iam_openid_connect_provider" "ci" {
  url        = "https://ci.example/issuer"
  depends_on = [aws_iam_openid_connect_provider.ci]
}

data "aws_iam_server_certificate" "site" {
  name_prefix = aws_iam_server_certificate.site.name
  latest      = true
  depends_on  = [aws_iam_server_certificate.site]
}

output "providers" {
  value = {
    saml        = [data.aws_iam_saml_provider.idp.name, data.aws_iam_saml_provider.idp.tags, data.aws_iam_saml_provider.idp.saml_metadata_document == aws_iam_saml_provider.idp.saml_metadata_document]
    oidc        = [data.aws_iam_openid_connect_provider.ci.arn, sort(data.aws_iam_openid_connect_provider.ci.client_id_list), data.aws_iam_openid_connect_provider.ci.thumbprint_list]
    certificate = [data.aws_iam_server_certificate.site.name, data.aws_iam_server_certificate.site.path]
  }
}
