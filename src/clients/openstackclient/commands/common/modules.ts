/**
 * `module list`: the libraries that the program has loaded, in the versions that are simulated. What else
 * Python has loaded, `--all`, is not. Upstream: openstackclient/common/module.py, 0.4.1.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { showOptions, showText } from "../../../openstack/cliff.js";
import { flagOption } from "../../../openstack/options.js";
import type { OpenStackCommand } from "../../output.js";

const MODULES: readonly (readonly [name: string, version: string])[] = [
  ["cinderclient", "1.1.1"],
  ["glanceclient", "0.14.1"],
  ["keystoneclient", "0.11.1"],
  ["novaclient", "2.20.0"],
  ["openstackclient", "0.4.1"],
];

const list: OpenStackCommand = {
  name: "module list",
  about: "List the libraries of the program and their versions.",
  options: [flagOption("--all", "All modules of Python; not simulated."), ...showOptions],
  check(args) {
    if (args.flag("all")) throw new CommandError("all modules of Python are not simulated");
  },
  offline(args, console) {
    list.check?.(args);
    console.write(showText(args, MODULES));
  },
};

export const moduleCommands: readonly OpenStackCommand[] = [list];
