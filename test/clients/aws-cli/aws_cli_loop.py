"""Runs the AWS CLI, unmodified, once for each line of standard input: starting Python and reading its code would take most of the time of a short command.

First line written: JSON {"version", "commands": {service: {command: operation}}, "waiters": {service: [...]}, "configure": [...], "outputs": [...]}.
Each line read: JSON {"args": [...], "env": {name: value}}. Each line written: JSON {"status", "stdout", "stderr"}.
"""
import contextlib
import io
import json
import os
import sys

import awscli
from awscli.clidriver import create_clidriver


def describe(driver):
    """What this AWS CLI has, from its own tables."""
    known = {"version": awscli.__version__, "commands": {}, "waiters": {}}
    table = driver.create_help_command().command_table
    for service in ("iam", "sts"):
        commands = table[service].create_help_command().command_table
        known["commands"][service] = {name: command._operation_model.name for name, command in commands.items() if hasattr(command, "_operation_model")}
        known["waiters"][service] = sorted(commands["wait"].subcommand_table) if "wait" in commands else []
    known["configure"] = sorted(table["configure"].subcommand_table)
    known["outputs"] = list(driver.create_help_command().arg_table["output"].choices)
    return known


def run(args, env, loader):
    """One command in a driver of its own, as `aws` makes one, with its environment and its streams. Only what was read of the CLI's data files is shared."""
    saved = dict(os.environ)
    os.environ.update(env)
    stdout, stderr = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    try:
        with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
            driver = create_clidriver()
            driver.session.register_component("data_loader", loader)
            status = driver.main(args)
    except SystemExit as ended:
        status = ended.code
    finally:
        os.environ.clear()
        os.environ.update(saved)
    return {"status": status or 0, "stdout": stdout.buffer.getvalue().decode(), "stderr": stderr.buffer.getvalue().decode()}


def main():
    answers = sys.stdout
    first = create_clidriver()
    loader = first.session.get_component("data_loader")
    print(json.dumps(describe(first)), file=answers, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(run(order["args"], order.get("env", {}), loader)), file=answers, flush=True)


main()
