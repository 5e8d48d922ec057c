"""Sends requests to a service with boto3 and checks what it makes of the answers.

Standard input: JSON {"service", "endpoint", "accessKeyId", "secretAccessKey", "requests": [[operation, input], ...]}.
Standard output: JSON {operation: {"outcome": "answered" or an error's code, "faults": [...]}}; outcome "unknown" where this boto3 lacks the operation.
"""
import datetime
import json
import sys

import boto3
import botocore.exceptions


def sendable(shape, value):
    """The value as boto3 takes it: blobs come as text."""
    if shape.type_name == "structure":
        return {name: sendable(shape.members[name], each) for name, each in value.items()}
    if shape.type_name == "list":
        return [sendable(shape.member, each) for each in value]
    return value


def faults_of(shape, value, path):
    """What the model promises of an answer and the answer does not keep."""
    if shape.type_name == "structure":
        for name in shape.required_members:
            if name not in value:
                yield f"{path}.{name} is required and missing"
        for name, each in value.items():
            if name in shape.members:
                yield from faults_of(shape.members[name], each, f"{path}.{name}")
    elif shape.type_name == "list":
        for index, each in enumerate(value):
            yield from faults_of(shape.member, each, f"{path}[{index}]")
    elif shape.type_name == "timestamp":
        if not isinstance(value, datetime.datetime):
            yield f"{path} is no time: {value!r}"
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"{path} is none of its values: {value!r}"


def echoes(given, answer, path=""):
    """Whatever stands in the answer under the name of something simple that was given is what was given."""
    if isinstance(answer, dict):
        for name, each in answer.items():
            if isinstance(given.get(name), (str, int)) and isinstance(each, (str, int)) and each != given[name]:
                yield f"{path}.{name} is {each!r}, and {given[name]!r} was given"
            yield from echoes(given, each, f"{path}.{name}")


def main():
    order = json.load(sys.stdin)
    client = boto3.client(order["service"], endpoint_url=order["endpoint"], region_name="us-east-1", aws_access_key_id=order["accessKeyId"], aws_secret_access_key=order["secretAccessKey"])
    methods = {operation: method for method, operation in client.meta.method_to_api_mapping.items()}
    results = {}
    job = {}
    for operation, given in order["requests"]:
        if operation not in methods:
            results[operation] = {"outcome": "unknown", "faults": []}
            continue
        given = {**given, **{name: value for name, value in job.items() if name in given}}
        model = client.meta.service_model.operation_model(operation)
        try:
            answer = getattr(client, methods[operation])(**(sendable(model.input_shape, given) if model.input_shape else {}))
        except botocore.exceptions.ClientError as error:
            results[operation] = {"outcome": error.response["Error"]["Code"], "faults": []}
            continue
        answer.pop("ResponseMetadata")
        job = {"JobId": answer["JobId"]} if "JobId" in answer else job
        faults = [*(faults_of(model.output_shape, answer, operation) if model.output_shape else []), *echoes(given, answer, operation)]
        results[operation] = {"outcome": "answered", "faults": faults}
    json.dump(results, sys.stdout)


main()
