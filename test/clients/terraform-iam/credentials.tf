# What users sign in and sign requests with.

variable "certificate" {}

# Public keys, one of OpenSSH (RSA) and one of OpenPGP (Curve25519), made for this configuration.
locals {
  ssh_public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDkUie+15zlvA9rTWxNU5U2dhC9B58C0SpGP1ymdjgurnkhoh7jjxH87Ab1NMaQFzFkMXA7kZv3RbzyoJQAdB2pubCZH9UQomWb/AIOYajTUljwj6kX9kY8HZfl2C9yP+aK9cCVlKaDPdyhJeQU0XBs7LMgKOar7ZVeqGSOmqOS9iRN7Wg6EDSVjElyd33BuKP5H0f38852U+Z58yhNxoJNy8/uWgrlpW0J+butrWGjAdrOZbTs5BEg9ii3ozJ1HIoCz+4hrE+xWnHGtwAaoEaypXBR0fYjgybwDc6BiW+sQpHg47PHpL6Qs7W/TzRNk9E2ei/i1eCiuXtUcpDSuCuD"
  pgp_key        = "mDMEawVvLRYJKwYBBAHaRw8BAQdA5pahfLcovTXip4jRvzkfsj71fUgJOQI1dBWa/G7coB20F3Rlc3QgPHRlc3RAZXhhbXBsZS5jb20+iJAEExYIADgWIQQeLIQLmxQUGHrJWibfw01qPa6tEwUCawVvLQIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRDfw01qPa6tE7DZAQCzBq4wmyEicSD7gjTaUH0uZt4UY5u1qEqoRPrK8A8IUwEA4Dgc1bFs9R3Fbae9x9mK0CIuTFUUb8ToPg+z4PmbSQm4OARrBW8tEgorBgEEAZdVAQUBAQdAtQ3ATuiPDcLl1A0Iw6/Gp6XExShUAKe+ek+1jV3JA0YDAQgHiHgEGBYIACAWIQQeLIQLmxQUGHrJWibfw01qPa6tEwUCawVvLQIbDAAKCRDfw01qPa6tEzvRAP0T+bOT8f+VlBzn6ZOGjSslbSImCXDdgAI3bJ+1i6aWPQD/e1+t9Imvz9ZBj3QNviF1wX2dpTXYmgVcZSUanEc/Tw0="
}

resource "aws_iam_user_login_profile" "alice" {
  user                    = aws_iam_user.alice.name
  password_length         = 24
  password_reset_required = true
  depends_on              = [aws_iam_account_password_policy.strict]
  # Nobody can read these of a profile that is there already.
  lifecycle { ignore_changes = [password_length, password_reset_required] }
}

# Its password is told only to the holder of the key.
resource "aws_iam_user_login_profile" "bob" {
  user    = aws_iam_user.bob.name
  pgp_key = local.pgp_key
  lifecycle { ignore_changes = [pgp_key, password_length, password_reset_required] }
}

resource "aws_iam_access_key" "alice" {
  user   = aws_iam_user.alice.name
  status = local.is_first ? "Active" : "Inactive"
}

resource "aws_iam_access_key" "bob" {
  user    = aws_iam_user.bob.name
  pgp_key = local.pgp_key
  lifecycle { ignore_changes = [pgp_key] }
}

resource "aws_iam_user_ssh_key" "alice" {
  username   = aws_iam_user.alice.name
  encoding   = "SSH"
  public_key = local.ssh_public_key
  status     = local.is_first ? "Active" : "Inactive"
}

resource "aws_iam_signing_certificate" "alice" {
  user_name        = aws_iam_user.alice.name
  certificate_body = var.certificate
  status           = local.is_first ? "Active" : "Inactive"
}

resource "aws_iam_service_specific_credential" "git" {
  user_name    = aws_iam_user.alice.name
  service_name = "codecommit.amazonaws.com"
  status       = local.is_first ? "Active" : "Inactive"
}

resource "aws_iam_virtual_mfa_device" "phone" {
  virtual_mfa_device_name = "alice-phone"
  path                    = "/staff/"
  tags                    = { stage = var.stage }
}

data "aws_iam_access_keys" "alice" {
  user       = aws_iam_user.alice.name
  depends_on = [aws_iam_access_key.alice]
}

data "aws_iam_user_ssh_key" "alice" {
  username          = aws_iam_user.alice.name
  ssh_public_key_id = aws_iam_user_ssh_key.alice.ssh_public_key_id
  encoding          = "PEM"
  depends_on        = [aws_iam_user_ssh_key.alice]
}

output "credentials" {
  value = {
    password_length = try(length(nonsensitive(aws_iam_user_login_profile.alice.password)), 0)
    is_encrypted    = [for profile in [aws_iam_user_login_profile.alice, aws_iam_user_login_profile.bob] : profile.encrypted_password != null && profile.encrypted_password != ""]
    secrets_told    = [for key in [aws_iam_access_key.alice, aws_iam_access_key.bob] : [nonsensitive(key.secret != null && key.secret != ""), key.encrypted_secret != null]]
    keys            = [for key in data.aws_iam_access_keys.alice.access_keys : [key.access_key_id == aws_iam_access_key.alice.id, key.status]]
    ssh_key         = [data.aws_iam_user_ssh_key.alice.fingerprint, data.aws_iam_user_ssh_key.alice.status, substr(data.aws_iam_user_ssh_key.alice.public_key, 0, 26)]
    git_user        = aws_iam_service_specific_credential.git.service_user_name
    seed            = try(length(nonsensitive(aws_iam_virtual_mfa_device.phone.base_32_string_seed)), 0)
  }
}
