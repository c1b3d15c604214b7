/**
 * The program `swift`. There is no disk here that a file could come from or go to: `upload` is told how
 * large a file is, and `download` fetches and drops. Upstream: swiftclient/shell.py, python-swiftclient 2.3.1.
 */
import { openStackProgram } from "../openstack/program.js";
import type { Program } from "../shell/program.js";
import { capabilityCommands } from "./commands/capabilities.js";
import { remove } from "./commands/delete.js";
import { download } from "./commands/download.js";
import { list } from "./commands/list.js";
import { post } from "./commands/post.js";
import { stat } from "./commands/stat.js";
import { tempUrl } from "./commands/tempurl.js";
import { upload } from "./commands/upload.js";
import { globalOptions } from "./global-options.js";
import { open } from "./login.js";
import { SwiftError, type StorageApi } from "./storage-api.js";

/** In the order of upstream's own list. */
const SWIFT_COMMANDS: readonly string[] = [
  ...["delete", "download", "list", "post", "stat", "upload", "capabilities", "info", "tempurl"],
];

const PROGRAM = openStackProgram<StorageApi>({
  name: "swift",
  about: "The object storage of OpenStack from the command line.",
  options: globalOptions,
  commands: [remove, download, list, post, stat, upload, ...capabilityCommands, tempUrl],
  upstream: SWIFT_COMMANDS,
  argparse: { prefix: "", choices: SWIFT_COMMANDS },
  open,
  errorLine: (error) => `${error instanceof SwiftError ? error.value : error.message}\n`,
});

export const swiftProgram = (): Program => PROGRAM;
