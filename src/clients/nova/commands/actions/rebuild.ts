/**
 * `nova rebuild`: a new disk for a server, of an image. Upstream: novaclient/v1_1/shell.py (do_rebuild),
 * servers.py (rebuild), 2.20.0.
 */
import type { Json } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { flagOption, valueOption, withTwin } from "../../../openstack/options.js";
import { findImage, findServer } from "../../find.js";
import { metaOf, refuseFiles } from "../boot/boot.js";
import { one } from "../positionals.js";
import { printServer } from "../show-server.js";
import { pollForStatus } from "./poll.js";

const many = { many: true, otherwise: [] } as const;

export const rebuild: Command<NovaClient> = {
  name: "rebuild",
  about: "Shut a server down, give it a new disk made of an image, and boot it again.",
  options: [
    ...withTwin(
      valueOption(
        "--rebuild-password",
        "<rebuild-password>",
        "The password of the rebuilt server.",
      ),
    ),
    flagOption("--poll", "Report how far the server is until it is active."),
    flagOption("--minimal", "Leave out the look-ups of flavor and image."),
    flagOption("--preserve-ephemeral", "Keep the ephemeral disk, if the driver can."),
    valueOption("--name", "<name>", "Its new name."),
    valueOption(
      "--meta",
      "<key=value>",
      "Metadata in place of what it has; may be repeated.",
      many,
    ),
    valueOption(
      "--file",
      "<dst-path=src-path>",
      "A file to put into the server. A simulated shell has no files.",
      { ...many, dest: "files" },
    ),
  ],
  positionals: [
    one("server", "The server's name or ID."),
    one("image", "The name or ID of the image."),
  ],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const image = yield* findImage(nova, args.text("image") ?? "");
    const password = args.text("rebuild_password");
    const name = args.text("name");
    const metadata = metaOf(args);
    refuseFiles(args);
    const body: Record<string, Json> = {
      imageRef: image.id,
      ...(password !== undefined && { adminPass: password }),
      ...(args.flag("preserve_ephemeral") && { preserve_ephemeral: true }),
      ...(name !== undefined && { name }),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    };
    const rebuilt = yield* nova.serverActions.rebuild(server.id, body);
    yield* printServer(nova, rebuilt, console, args.flag("minimal"));
    if (!args.flag("poll")) return;
    const polled = { action: "rebuilding", until: ["active"] };
    yield* pollForStatus(nova, server.id, console, polled);
  },
};
