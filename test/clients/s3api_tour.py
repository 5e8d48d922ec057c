"""aws s3api, each operation that Gatehouse serves once and more, in one process: the AWS CLI's own commands, without its start for each. Writes the commands that did what they should."""
import contextlib
import io
import json
import os
import sys

from awscli.clidriver import create_clidriver

driver = create_clidriver()
os.environ['AWS_PAGER'] = ''
endpoint = os.environ['AWS_ENDPOINT_URL']
called = []


def run(command, *args):
    """Runs a command; its exit status, what it wrote, and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = driver.main(['--endpoint-url', endpoint, 's3api', command, *args])
        except SystemExit as ended:
            code = ended.code
    return code, out.getvalue(), err.getvalue()


def call(command, **options):
    """Runs a command that succeeds; gives its document."""
    args = []
    for name, value in options.items():
        flag = '--' + name.replace('_', '-')
        args += [flag] if value is True else [flag, value if isinstance(value, str) else json.dumps(value)]
    out_file = args.pop() if command == 'get-object' and args[-2] == '--outfile' else None
    if out_file is not None:
        args[-1] = out_file
    code, out, err = run(command, *args)
    if code != 0:
        sys.exit(f'{command}: {code} {err}{out}')
    called.append(command)
    return json.loads(out) if out.strip() else {}


def refused(code_name, command, *args):
    code, out, err = run(command, *args)
    if code == 0 or f'({code_name})' not in err:
        sys.exit(f'{command}: {code_name} was expected, not {code} {err}{out}')
    called.append(command)


def same(actual, expected):
    if actual != expected:
        sys.exit(f'{actual!r} is not {expected!r}')


b = {'bucket': 'tour-bucket'}
k = {**b, 'key': 'a/one'}
with open('tour-body', 'wb') as file:
    file.write(b'the body')
with open('tour-part', 'wb') as file:
    file.write(b'p' * 5 * 1024 * 1024)

call('create-bucket', **b)
call('head-bucket', **b)
same([one['Name'] for one in call('list-buckets')['Buckets']].count('tour-bucket'), 1)
same(call('get-bucket-location', **b).get('LocationConstraint'), None)

# What a bucket has.
call('put-bucket-tagging', **b, tagging={'TagSet': [{'Key': 'a', 'Value': 'b'}]})
same(call('get-bucket-tagging', **b)['TagSet'], [{'Key': 'a', 'Value': 'b'}])
call('delete-bucket-tagging', **b)
refused('NoSuchTagSet', 'get-bucket-tagging', '--bucket', 'tour-bucket')
call('put-bucket-versioning', **b, versioning_configuration={'Status': 'Enabled'})
same(call('get-bucket-versioning', **b)['Status'], 'Enabled')
call('put-bucket-ownership-controls', **b, ownership_controls={'Rules': [{'ObjectOwnership': 'BucketOwnerEnforced'}]})
same(call('get-bucket-ownership-controls', **b)['OwnershipControls']['Rules'][0]['ObjectOwnership'], 'BucketOwnerEnforced')
call('delete-bucket-ownership-controls', **b)
call('put-bucket-encryption', **b, server_side_encryption_configuration={'Rules': [{'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': 'AES256'}}]})
same(call('get-bucket-encryption', **b)['ServerSideEncryptionConfiguration']['Rules'][0]['ApplyServerSideEncryptionByDefault']['SSEAlgorithm'], 'AES256')
call('delete-bucket-encryption', **b)
call('put-public-access-block', **b, public_access_block_configuration={'BlockPublicAcls': True, 'IgnorePublicAcls': True, 'BlockPublicPolicy': True, 'RestrictPublicBuckets': True})
same(call('get-public-access-block', **b)['PublicAccessBlockConfiguration']['BlockPublicPolicy'], True)
policy = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Deny', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::tour-bucket/secret/*'}]}
call('put-bucket-policy', **b, policy=policy)
same(json.loads(call('get-bucket-policy', **b)['Policy']), policy)
same(call('get-bucket-policy-status', **b)['PolicyStatus']['IsPublic'], False)
call('delete-bucket-policy', **b)
call('delete-public-access-block', **b)
call('put-bucket-cors', **b, cors_configuration={'CORSRules': [{'AllowedMethods': ['GET'], 'AllowedOrigins': ['https://a.example']}]})
same(call('get-bucket-cors', **b)['CORSRules'][0]['AllowedMethods'], ['GET'])
call('delete-bucket-cors', **b)
call('put-bucket-lifecycle-configuration', **b, lifecycle_configuration={'Rules': [{'ID': 'r', 'Status': 'Enabled', 'Filter': {'Prefix': 'tmp/'}, 'Expiration': {'Days': 1}}]})
same(call('get-bucket-lifecycle-configuration', **b)['Rules'][0]['ID'], 'r')
call('delete-bucket-lifecycle', **b)
owner = call('get-bucket-acl', **b)
same([one['Permission'] for one in owner['Grants']], ['FULL_CONTROL'])
call('put-bucket-acl', **b, access_control_policy=owner)
refused('AccessControlListNotSupported', 'put-bucket-acl', '--bucket', 'tour-bucket', '--acl', 'public-read')

# What none has.
same(call('get-bucket-accelerate-configuration', **b), {})
same(call('get-bucket-logging', **b), {})
same(call('get-bucket-notification-configuration', **b), {})
same(call('get-bucket-request-payment', **b)['Payer'], 'BucketOwner')
refused('ReplicationConfigurationNotFoundError', 'get-bucket-replication', '--bucket', 'tour-bucket')
refused('ObjectLockConfigurationNotFoundError', 'get-object-lock-configuration', '--bucket', 'tour-bucket')
refused('NoSuchWebsiteConfiguration', 'get-bucket-website', '--bucket', 'tour-bucket')
for command, flag, document in (
    ('put-bucket-logging', 'bucket-logging-status', {}),
    ('put-bucket-website', 'website-configuration', {'IndexDocument': {'Suffix': 'index.html'}}),
    ('put-bucket-notification-configuration', 'notification-configuration', {}),
    ('put-bucket-accelerate-configuration', 'accelerate-configuration', {'Status': 'Enabled'}),
    ('put-bucket-request-payment', 'request-payment-configuration', {'Payer': 'Requester'}),
):
    refused('NotImplemented', command, '--bucket', 'tour-bucket', f'--{flag}', json.dumps(document))
    called.pop()

# Objects.
etag = call('put-object', **k, body='tour-body', tagging='x=1', content_type='text/x-tour')['ETag']
same(call('head-object', **k)['ContentType'], 'text/x-tour')
same(call('get-object', **k, range='bytes=4-7', outfile='tour-out')['ContentRange'], 'bytes 4-7/8')
with open('tour-out', 'rb') as file:
    same(file.read(), b'body')
same(call('get-object-attributes', **k, object_attributes=['ETag', 'ObjectSize'])['ObjectSize'], 8)
same(call('get-object-tagging', **k)['TagSet'], [{'Key': 'x', 'Value': '1'}])
call('put-object-tagging', **k, tagging={'TagSet': [{'Key': 'y', 'Value': '2'}]})
call('delete-object-tagging', **k)
same(call('get-object-acl', **k)['Owner'], owner['Owner'])
call('put-object-acl', **k, acl='bucket-owner-full-control')
same(call('copy-object', **b, key='copy', copy_source='tour-bucket/a/one')['CopyObjectResult']['ETag'], etag)
same([one['Key'] for one in call('list-objects', **b)['Contents']], ['a/one', 'copy'])
same(call('list-objects-v2', **b, delimiter='/')['CommonPrefixes'], [{'Prefix': 'a/'}])
upload = call('create-multipart-upload', **b, key='parts')['UploadId']
same([one['UploadId'] for one in call('list-multipart-uploads', **b)['Uploads']], [upload])
u = {**b, 'key': 'parts', 'upload_id': upload}
one = call('upload-part', **u, part_number='1', body='tour-part')['ETag']
two = call('upload-part-copy', **u, part_number='2', copy_source='tour-bucket/a/one')['CopyPartResult']['ETag']
same([part['PartNumber'] for part in call('list-parts', **u)['Parts']], [1, 2])
call('complete-multipart-upload', **u, multipart_upload={'Parts': [{'PartNumber': 1, 'ETag': one}, {'PartNumber': 2, 'ETag': two}]})
same(call('head-object', **b, key='parts')['ContentLength'], 5 * 1024 * 1024 + 8)
again = call('create-multipart-upload', **b, key='parts')['UploadId']
call('abort-multipart-upload', **b, key='parts', upload_id=again)
call('delete-object', **b, key='copy')
versions = call('list-object-versions', **b)
same([one['Key'] for one in versions['DeleteMarkers']], ['copy'])
every = [{'Key': one['Key'], 'VersionId': one['VersionId']} for one in call('list-object-versions', **b)['Versions'] + versions['DeleteMarkers']]
same(len(call('delete-objects', **b, delete={'Objects': every})['Deleted']), len(every))
call('delete-bucket', **b)

# What is locked.
l = {'bucket': 'tour-locked'}
v = {**l, 'key': 'kept'}
call('create-bucket', **l, object_lock_enabled_for_bucket=True)
call('put-object-lock-configuration', **l, object_lock_configuration={'ObjectLockEnabled': 'Enabled', 'Rule': {'DefaultRetention': {'Mode': 'GOVERNANCE', 'Days': 1}}})
same(call('get-object-lock-configuration', **l)['ObjectLockConfiguration']['Rule'], {'DefaultRetention': {'Mode': 'GOVERNANCE', 'Days': 1}})
version = call('put-object', **v, body='tour-body')['VersionId']
same(call('head-object', **v)['ObjectLockMode'], 'GOVERNANCE')
call('put-object-retention', **v, retention={'Mode': 'GOVERNANCE', 'RetainUntilDate': '2099-01-01T00:00:00Z'})
same(call('get-object-retention', **v)['Retention']['RetainUntilDate'][:10], '2099-01-01')
call('put-object-legal-hold', **v, legal_hold={'Status': 'ON'})
same(call('get-object-legal-hold', **v)['LegalHold'], {'Status': 'ON'})
refused('AccessDenied', 'delete-object', '--bucket', 'tour-locked', '--key', 'kept', '--version-id', version, '--bypass-governance-retention')
call('put-object-legal-hold', **v, legal_hold={'Status': 'OFF'})
refused('AccessDenied', 'delete-object', '--bucket', 'tour-locked', '--key', 'kept', '--version-id', version)
call('delete-object', **v, version_id=version, bypass_governance_retention=True)
call('delete-bucket', **l)
refused('404', 'head-bucket', '--bucket', 'tour-bucket')
print('\n'.join(sorted(set(called))))
