/** The program `glance`, for version 1 of the API. Upstream: glanceclient/shell.py, 0.14.1. */
import { CommandError } from "../../framework/apiclient/index.js";
import { openStackProgram } from "../openstack/program.js";
import { imageChangeCommands } from "./commands/image-changes.js";
import { imageCommands } from "./commands/images.js";
import { memberCommands } from "./commands/members.js";
import { ImagesHttpError } from "./errors.js";
import { globalOptions } from "./global-options.js";
import type { ImagesApi } from "./images-api.js";
import { GLANCE_COMMANDS, GLANCE_V2_COMMANDS } from "./known-commands.js";
import { open } from "./login.js";

export const glanceProgram = openStackProgram<ImagesApi>({
  name: "glance",
  about: "The image API of OpenStack, v1, from the command line.",
  options: globalOptions,
  commands: [...imageCommands, ...imageChangeCommands, ...memberCommands],
  upstream: GLANCE_V2_COMMANDS,
  argparse: { prefix: "u", choices: GLANCE_COMMANDS },
  open,
  reworded: (error) =>
    error instanceof ImagesHttpError && error.status === 401
      ? new CommandError("Invalid OpenStack Identity credentials.")
      : error,
  errorLine: ({ message }) => `${message}\n`,
});
