"""Runs command lines of OpenStack's real clients, each in a process of its own.

Starting Python and reading the clients takes far longer than what they do, so it is done once: for each line of
standard input, {"argv": [...], "env": {...}, "cwd": "..."}, this process is forked, and the child goes through the
entry point that the installed script would go through. Each answer is a line as well, {"exit", "stdout", "stderr"}.
"""
import importlib
import json
import logging
import os
import sys
import tempfile
import warnings
from importlib import metadata

PRELOADED = [
    # Not the shells of nova and neutron: they look at the command line as soon as they are read.
    "novaclient.v2.client", "novaclient.v2.servers", "novaclient.v2.flavors",
    "openstackclient.shell", "openstackclient.compute.client", "openstackclient.identity.client",
    "openstackclient.image.client", "openstackclient.network.client", "openstackclient.volume.client",
    "openstackclient.compute.v2.server", "openstackclient.compute.v2.flavor", "openstackclient.image.v2.image",
    "openstackclient.network.v2.network", "openstackclient.volume.v3.volume", "openstackclient.identity.v3.project",
    "openstackclient.identity.v2_0.project", "openstackclient.object.v1.container",
    "openstack", "openstack.connection", "heatclient.shell", "heatclient.v1.client", "heatclient.osc.plugin",
    "heatclient.osc.v1.stack", "glanceclient.shell", "glanceclient.v2.shell", "glanceclient.v2.client",
    "cinderclient.shell", "cinderclient.v3.shell", "cinderclient.v3.client", "neutronclient.common.clientmanager",
    "neutronclient.v2_0.client", "swiftclient.shell", "troveclient.shell", "troveclient.v1.shell",
    "troveclient.v1.client", "keystoneauth1.identity", "keystoneauth1.loading", "keystoneclient.v3.client",
    "keystoneclient.v2_0.client",
]


def entry_points():
    points = metadata.entry_points(group="console_scripts")
    return {point.name: point for point in points}


def run(point, argv, env, cwd, out, err):
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # Some have taken the list itself.
    sys.argv[:] = argv
    # What was read first may have settled how to log.
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    sys.stdout = open(1, "w", buffering=1, closefd=False)
    sys.stderr = open(2, "w", buffering=1, closefd=False)
    warnings.simplefilter("ignore")
    code = 1
    try:
        code = point.load()()
    except SystemExit as end:
        code = end.code
    except BaseException as error:  # what the interpreter itself would say
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    if isinstance(code, str):
        print(code, file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def main():
    warnings.simplefilter("ignore")
    points = entry_points()
    for name in PRELOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    for line in sys.stdin:
        asked = json.loads(line)
        argv = asked["argv"]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                run(points[argv[0]], argv, asked["env"], asked["cwd"], out, err)
            _, status = os.waitpid(child, 0)
            answer = {"exit": os.waitstatus_to_exitcode(status)}
            for name, file in (("stdout", out), ("stderr", err)):
                file.seek(0)
                answer[name] = file.read().decode("utf-8", "replace")
        print(json.dumps(answer), flush=True)


main()
