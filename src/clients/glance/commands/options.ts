/** What several commands about images take. Upstream: the `utils.arg` decorators of glanceclient/v1/shell.py. */
import { boolFromString, ValueError } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { argument, flagOption } from "../../openstack/options.js";
import type { CommandName } from "../../shell/program.js";

export const image = argument("image", "<IMAGE>", "Name or id of an image.");

export const humanReadable = flagOption("--human-readable", "Sizes as kB, MB and so on.");

/** Whatever is not a word for yes is no. */
export const bool = (text: string): boolean => boolFromString(text);

/** The image that a command is about. */
export function imageName(args: Arguments): readonly CommandName[] {
  const name = args.exactText("image");
  return name === undefined ? [] : [{ what: "image", name }];
}

/** `key=value`s taken apart. @throws ValueError with `message` if one has no `=` */
export function pairs(texts: readonly string[], message: string): [key: string, value: string][] {
  return texts.map((text) => {
    const at = text.indexOf("=");
    if (at < 0) throw new ValueError(message);
    return [text.slice(0, at), text.slice(at + 1)];
  });
}
