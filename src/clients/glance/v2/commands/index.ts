/** Every command of `glance --os-image-api-version 2` that is simulated. Upstream: glanceclient/v2/shell.py, 0.14.1. */
import { imageChangeCommands } from "./image-changes.js";
import { imageCommands } from "./images.js";
import { locationCommands } from "./locations.js";
import { memberCommands } from "./members.js";

export const v2Commands = [
  ...imageCommands,
  ...imageChangeCommands,
  ...memberCommands,
  ...locationCommands,
];
