/** Options of commands that make and change images. Upstream: openstackclient/image/v1/image.py, 0.4.1. */
import type { JsonObject } from "../../../../python/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { int, type OptionSpec } from "../../../shell/parser/index.js";
import { argument, type OpenStackCommand } from "../../output.js";
import { propertyOption } from "../../properties.js";

/** `<image>`, and how a line that has it names it. */
export const IMAGE: Pick<OpenStackCommand, "positionals" | "names"> = {
  positionals: [argument("image", "Its name or id.")],
  names: (args) => [{ what: "image", name: args.text("image") ?? "" }],
};

export const pageSize = valueOption("--page-size", "<size>", "Images of one request.");

export const minimums = (ram: string): readonly OptionSpec[] => [
  valueOption("--min-disk", "<disk-gb>", "The least disk to boot it on, in GB.", { type: int }),
  valueOption("--min-ram", ram, "The least memory to boot it in, in MB.", { type: int }),
];

export const switches: readonly OptionSpec[] = [
  { ...flagOption("--protected", "It cannot be deleted."), group: "protected" },
  { ...flagOption("--unprotected", "It can be deleted, as usual."), group: "protected" },
  { ...flagOption("--public", "Everybody may use it."), group: "public" },
  { ...flagOption("--private", "Its project may use it, as usual."), group: "public" },
  propertyOption("A property of it.", "properties"),
];

export const switchesIn = (args: Arguments): JsonObject => ({
  ...(args.flag("protected") && { protected: true }),
  ...(args.flag("unprotected") && { protected: false }),
  ...(args.flag("public") && { is_public: true }),
  ...(args.flag("private") && { is_public: false }),
});
