/** `image-create` and `backup`. Upstream: novaclient/v1_1/shell.py (do_image_create, do_backup), 2.20.0. */
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { flagOption } from "../../../openstack/options.js";
import type { CommandName } from "../../../shell/program.js";
import { findServer } from "../../find.js";
import { printImage } from "../images.js";
import { one } from "../positionals.js";
import { poll } from "./poll.js";

const SERVER = one("server", "The server's name or ID.");

const imageCreate: Command<NovaClient> = {
  name: "image-create",
  about: "Make an image of a server's disk as it is.",
  positionals: [SERVER, one("name", "What the image shall be called.")],
  options: [
    flagOption("--show", "Show the image in full."),
    flagOption("--poll", "Report how far it is until the image is there."),
  ],
  names: imageMade,
  *run(nova, args, console) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    const image = yield* nova.serverActions.createImage(id, args.text("name") ?? "");
    if (args.flag("poll")) {
      yield* poll(() => nova.image(image), console, { action: "snapshotting", until: ["active"] });
      // The image is there before the server is free for the next one.
      yield* poll(taskOf(nova, id), console, {
        action: "image_snapshot",
        until: [null],
        silent: true,
      });
    }
    if (args.flag("show")) printImage(yield* nova.image(image), console);
  },
};

function imageMade(args: Arguments): CommandName[] {
  return [{ what: "image", name: args.text("name") ?? "", makes: "one" }];
}

/** Its task in the place of its status. */
const taskOf = (nova: NovaClient, id: string) =>
  function* () {
    const server = yield* nova.server(id);
    return { ...server, status: server["OS-EXT-STS:task_state"] };
  };

const backup: Command<NovaClient> = {
  name: "backup",
  about: "Make an image of a server's disk, and let go of the oldest ones of that type.",
  positionals: [
    SERVER,
    one("name", "What the image shall be called."),
    { ...one("backup_type", 'What it is one of, like "daily".'), metavar: "<backup-type>" },
    one("rotation", "How many of that type are kept."),
  ],
  names: imageMade,
  *run(nova, args) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.serverActions.backup(id, {
      name: args.text("name") ?? "",
      backup_type: args.text("backup_type") ?? "",
      rotation: args.text("rotation") ?? "",
    });
  },
};

export const snapshotCommands: readonly Command<NovaClient>[] = [imageCreate, backup];
