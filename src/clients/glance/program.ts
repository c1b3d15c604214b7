/**
 * The program `glance`, which has other commands for each version of the API. The schemas of version 2 that it keeps in
 * a file are there from the start. Upstream: glanceclient/shell.py, 0.14.1.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Exception } from "../../python/index.js";
import { Arguments } from "../openstack/arguments.js";
import { openStackProgram } from "../openstack/program.js";
import { parseKnown, type Environment } from "../shell/parser/index.js";
import type { Program } from "../shell/program.js";
import { imageChangeCommands } from "./commands/image-changes.js";
import { imageCommands } from "./commands/images.js";
import { memberCommands } from "./commands/members.js";
import { ImagesHttpError } from "./errors.js";
import { globalOptions } from "./global-options.js";
import { GLANCE_COMMANDS, GLANCE_V2_COMMANDS } from "./known-commands.js";
import { openV1, openV2 } from "./login.js";
import { v2Commands } from "./v2/commands/index.js";

const common = {
  name: "glance",
  options: globalOptions,
  reworded: (error: Exception) =>
    error instanceof ImagesHttpError && error.status === 401
      ? new CommandError("Invalid OpenStack Identity credentials.")
      : error,
  errorLine: ({ message }: Exception) => `${message}\n`,
};

const v1 = openStackProgram({
  ...common,
  about: "The image API of OpenStack, v1, from the command line.",
  commands: [...imageCommands, ...imageChangeCommands, ...memberCommands],
  argparse: { prefix: "u", choices: GLANCE_COMMANDS },
  open: openV1,
});

const v2 = openStackProgram({
  ...common,
  about: "The image API of OpenStack, v2, from the command line.",
  commands: v2Commands,
  upstream: GLANCE_V2_COMMANDS,
  argparse: { prefix: "u", choices: GLANCE_V2_COMMANDS },
  open: openV2,
});

/** What the line or the environment says. */
function chosen(words: readonly string[], variables: Environment): Program {
  const spec = { prog: common.name, about: "", options: globalOptions, positionals: [] };
  const { values } = parseKnown(spec, words, variables);
  return new Arguments(values).text("os_image_api_version") === "2" ? v2 : v1;
}

const PROGRAM: Program = {
  name: common.name,
  read: (words, variables) => chosen(words, variables).read(words, variables),
  run: (env, words, variables, console) =>
    chosen(words, variables).run(env, words, variables, console),
};

export const glanceProgram = (): Program => PROGRAM;
