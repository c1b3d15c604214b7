/** Arguments that many commands take. Upstream: the `utils.arg` decorators of novaclient/v1_1/shell.py. */
import { argument } from "../../openstack/options.js";
import type { PositionalSpec } from "../../shell/parser/index.js";

/** `<flavor>`: exactly one. */
export const one = (dest: string, about: string): PositionalSpec =>
  argument(dest, `<${dest}>`, about);

/** `set` or its counterpart, and what is set: `key=value`, or keys alone. */
export const metadataArguments = (
  otherwise: "delete" | "unset",
  about: string,
): readonly PositionalSpec[] => [
  {
    ...one("action", `set or ${otherwise}.`),
    metavar: "<action>",
    choices: ["set", otherwise],
  },
  { dest: "metadata", metavar: "<key=value>", count: "some", about },
];
