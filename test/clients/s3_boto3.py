"""boto3 with S3 as programs use it: parts, links, forms, checksums, pages. Ends with 0 when every answer is what it should be."""
import datetime
import io
import os
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

s3 = boto3.client('s3', endpoint_url=os.environ['AWS_ENDPOINT_URL'], config=Config(signature_version='s3v4'))
bucket = 'boto3-bucket'
s3.create_bucket(Bucket=bucket)

data = os.urandom(11 * 1024 * 1024)
s3.upload_fileobj(io.BytesIO(data), bucket, 'parts', Config=TransferConfig(multipart_threshold=5 * 1024 * 1024, multipart_chunksize=5 * 1024 * 1024))
out = io.BytesIO()
s3.download_fileobj(bucket, 'parts', out)
assert out.getvalue() == data
head = s3.head_object(Bucket=bucket, Key='parts', ChecksumMode='ENABLED')
assert head['ETag'].endswith('-3"') and head['ServerSideEncryption'] == 'AES256', head
assert s3.get_object(Bucket=bucket, Key='parts', PartNumber=3)['ContentLength'] == 1024 * 1024

for algorithm in ('CRC32', 'SHA1', 'SHA256'):
    s3.put_object(Bucket=bucket, Key='checked', Body=io.BytesIO(b'x' * 100_000), ChecksumAlgorithm=algorithm)
    assert 'Checksum' + algorithm in s3.head_object(Bucket=bucket, Key='checked', ChecksumMode='ENABLED')

put = s3.generate_presigned_url('put_object', Params={'Bucket': bucket, 'Key': 'link'}, ExpiresIn=60)
assert urllib.request.urlopen(urllib.request.Request(put, data=b'by a link', method='PUT')).status == 200
get = s3.generate_presigned_url('get_object', Params={'Bucket': bucket, 'Key': 'link', 'ResponseContentType': 'text/x-mine'}, ExpiresIn=60)
with urllib.request.urlopen(get) as answer:
    assert answer.read() == b'by a link' and answer.headers['Content-Type'] == 'text/x-mine'

post = s3.generate_presigned_post(bucket, 'posted/${filename}', Fields={'x-amz-meta-a': 'b'}, Conditions=[{'x-amz-meta-a': 'b'}, ['content-length-range', 0, 1000]], ExpiresIn=60)
parts = b''.join(b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value.encode()) for name, value in post['fields'].items())
form = parts + b'--B\r\nContent-Disposition: form-data; name="file"; filename="name.txt"\r\n\r\nposted\r\n--B--\r\n'
assert urllib.request.urlopen(urllib.request.Request(post['url'], data=form, headers={'Content-Type': 'multipart/form-data; boundary=B'})).status == 204
assert s3.get_object(Bucket=bucket, Key='posted/name.txt')['Metadata'] == {'a': 'b'}

s3.copy({'Bucket': bucket, 'Key': 'parts'}, bucket, 'copied')
assert s3.get_object(Bucket=bucket, Key='copied')['Body'].read() == data
keys = [item['Key'] for page in s3.get_paginator('list_objects_v2').paginate(Bucket=bucket, PaginationConfig={'PageSize': 2}) for item in page['Contents']]
assert keys == ['checked', 'copied', 'link', 'parts', 'posted/name.txt'], keys
try:
    s3.get_object(Bucket=bucket, Key='absent')
    raise AssertionError('an absent key was found')
except ClientError as error:
    assert error.response['Error']['Code'] == 'NoSuchKey'
boto3.resource('s3', endpoint_url=os.environ['AWS_ENDPOINT_URL']).Bucket(bucket).objects.all().delete()
s3.delete_bucket(Bucket=bucket)

locked = 'boto3-locked'
s3.create_bucket(Bucket=locked, ObjectLockEnabledForBucket=True)
until = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=1)
version = s3.put_object(Bucket=locked, Key='k', Body=b'kept', ObjectLockMode='GOVERNANCE', ObjectLockRetainUntilDate=until, ObjectLockLegalHoldStatus='ON')['VersionId']
head = s3.head_object(Bucket=locked, Key='k')
assert (head['ObjectLockMode'], head['ObjectLockRetainUntilDate'], head['ObjectLockLegalHoldStatus']) == ('GOVERNANCE', until, 'ON'), head
fields = {'x-amz-object-lock-mode': 'GOVERNANCE', 'x-amz-object-lock-retain-until-date': until.isoformat()}
post = s3.generate_presigned_post(locked, 'form', Fields=fields, Conditions=[{name: value} for name, value in fields.items()], ExpiresIn=60)
parts = b''.join(b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value.encode()) for name, value in post['fields'].items())
form = parts + b'--B\r\nContent-Disposition: form-data; name="file"; filename="name.txt"\r\n\r\nposted\r\n--B--\r\n'
with urllib.request.urlopen(urllib.request.Request(post['url'], data=form, headers={'Content-Type': 'multipart/form-data; boundary=B'})) as answer:
    posted = answer.headers['x-amz-version-id']
assert s3.get_object_retention(Bucket=locked, Key='form')['Retention'] == {'Mode': 'GOVERNANCE', 'RetainUntilDate': until}
both = {'Objects': [{'Key': 'k', 'VersionId': version}, {'Key': 'form', 'VersionId': posted}]}
assert [error['Code'] for error in s3.delete_objects(Bucket=locked, Delete=both)['Errors']] == ['AccessDenied', 'AccessDenied']
assert [error['Key'] for error in s3.delete_objects(Bucket=locked, Delete=both, BypassGovernanceRetention=True)['Errors']] == ['k']
s3.put_object_legal_hold(Bucket=locked, Key='k', LegalHold={'Status': 'OFF'})
s3.delete_object(Bucket=locked, Key='k', VersionId=version, BypassGovernanceRetention=True)
s3.delete_bucket(Bucket=locked)
print('all as it should be')
