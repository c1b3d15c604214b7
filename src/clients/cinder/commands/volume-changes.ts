/** Commands that change a volume that there is. Upstream: cinderclient/v{1,2}/shell.py, 1.1.1. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught } from "../../../kernel/index.js";
import { boolFromString } from "../../../python/index.js";
import type { ApiVersion, CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { valueOption, withTwin } from "../../openstack/options.js";
import { int, oneOf } from "../../shell/parser/index.js";
import { one, some, trueOrFalse } from "../arguments.js";
import { findVolume } from "../find.js";
import { printProperties } from "../print.js";
import { renaming } from "./renaming.js";

const VOLUME = one("volume", "The volume's name or ID.");
const volumeIn = (cinder: CinderClient, args: Arguments) =>
  findVolume(cinder, args.exactText("volume") ?? "");

/** Fails if it fails for one of them. */
const resetState: Command<CinderClient> = {
  name: "reset-state",
  about: "Say what state volumes are in.",
  positionals: [some("volume", "The volumes' names or IDs.")],
  options: [
    valueOption("--state", "<state>", "available, if left out.", { otherwise: "available" }),
  ],
  *run(cinder, args, console) {
    let failed = false;
    for (const volume of args.texts("volume")) {
      try {
        const { id } = yield* findVolume(cinder, volume);
        yield* cinder.volumes.resetState(id, args.exactText("state") ?? "");
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        failed = true;
        console.print(`Reset state for volume ${volume} failed: ${message}`);
      }
    }
    if (failed) {
      throw new CommandError("Unable to reset the state for the specified volume(s).");
    }
  },
};

const extend: Command<CinderClient> = {
  name: "extend",
  about: "Make a volume larger.",
  positionals: [VOLUME, { ...one("new_size", "How large it is to be, in GB."), type: int }],
  *run(cinder, args) {
    const { id } = yield* volumeIn(cinder, args);
    yield* cinder.volumes.extend(id, args.number("new_size") ?? null);
  },
};

const rename = (version: ApiVersion): Command<CinderClient> =>
  renaming(version, {
    name: "rename",
    kind: "volume",
    *rename(cinder, volume, changes) {
      yield* cinder.volumes.update((yield* findVolume(cinder, volume)).id, changes);
    },
  });

const CONTAINER_FORMAT = valueOption(
  "--container-format",
  "<container-format>",
  "bare, if left out.",
  { otherwise: "bare" },
);
const DISK_FORMAT = valueOption("--disk-format", "<disk-format>", "raw, if left out.", {
  otherwise: "raw",
});

const uploadToImage = (version: ApiVersion): Command<CinderClient> => ({
  name: "upload-to-image",
  about: "Make an image of a volume.",
  positionals: [VOLUME, one("image_name", "The name of the image.")],
  options: [
    valueOption("--force", "<True|False>", "Though the volume is attached to a server."),
    ...(version === "v1"
      ? [CONTAINER_FORMAT, DISK_FORMAT]
      : [...withTwin(CONTAINER_FORMAT), ...withTwin(DISK_FORMAT)]),
  ],
  *run(cinder, args, console) {
    const { id } = yield* volumeIn(cinder, args);
    const image = yield* cinder.volumes.uploadToImage(id, {
      force: args.exactText("force") ?? false,
      image_name: args.exactText("image_name") ?? null,
      container_format: args.exactText("container_format") ?? null,
      disk_format: args.exactText("disk_format") ?? null,
    });
    printProperties(console, image);
  },
});

const setBootable: Command<CinderClient> = {
  name: "set-bootable",
  about: "Say whether a server can boot from a volume.",
  positionals: [VOLUME, trueOrFalse("bootable", "Whether it can.")],
  *run(cinder, args) {
    const { id } = yield* volumeIn(cinder, args);
    yield* cinder.volumes.setBootable(id, boolFromString(args.text("bootable") ?? ""));
  },
};

const readonlyModeUpdate: Command<CinderClient> = {
  name: "readonly-mode-update",
  about: "Say whether a volume can only be read.",
  positionals: [VOLUME, trueOrFalse("read_only", "Whether it can only be read.")],
  *run(cinder, args) {
    const { id } = yield* volumeIn(cinder, args);
    yield* cinder.volumes.updateReadonlyFlag(id, boolFromString(args.text("read_only") ?? ""));
  },
};

const migrate: Command<CinderClient> = {
  name: "migrate",
  about: "Move a volume to another host.",
  positionals: [VOLUME, one("host", "Where it is to go.")],
  options: [
    {
      ...valueOption(
        "--force-host-copy",
        "<True|False>",
        "By a copy, whatever the driver can do.",
        {
          otherwise: false,
        },
      ),
      type: oneOf(["True", "False"]),
    },
  ],
  *run(cinder, args) {
    const { id } = yield* volumeIn(cinder, args);
    const forced = args.exactText("force_host_copy") ?? false;
    yield* cinder.volumes.migrate(id, args.exactText("host") ?? "", forced);
  },
};

const retype: Command<CinderClient> = {
  name: "retype",
  about: "Give a volume another type.",
  positionals: [VOLUME, { ...one("new_type", "The new type."), metavar: "<volume-type>" }],
  options: [
    {
      ...valueOption("--migration-policy", "<never|on-demand>", "Whether it may be moved for it.", {
        otherwise: "never",
      }),
      type: oneOf(["never", "on-demand"]),
    },
  ],
  *run(cinder, args) {
    const { id } = yield* volumeIn(cinder, args);
    const policy = args.exactText("migration_policy") ?? "never";
    yield* cinder.volumes.retype(id, args.exactText("new_type") ?? "", policy);
  },
};

export const volumeChangeCommands = (version: ApiVersion): readonly Command<CinderClient>[] => [
  ...[resetState, extend, rename(version), uploadToImage(version), setBootable],
  ...[readonlyModeUpdate, migrate],
  ...(version === "v2" ? [retype] : []),
];
