/**
 * Options that the program makes out of the schema of an image, as Glance comes with it. Upstream:
 * glanceclient/common/utils.py (schema_args), 0.14.1.
 */
import type { Json, JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { valueOption } from "../../openstack/options.js";
import { int, type OptionSpec } from "../../shell/parser/index.js";
import { bool } from "../commands/options.js";

const TEXTS = [
  ...["id", "name", "status", "visibility", "checksum", "owner", "container_format"],
  ...["disk_format", "created_at", "updated_at", "direct_url", "self", "file", "schema"],
  ...["kernel_id", "ramdisk_id", "instance_uuid", "architecture", "os_distro", "os_version"],
];
const NUMBERS = ["size", "virtual_size", "min_ram", "min_disk"];

const nameOf = (key: string): string => `--${key.replaceAll("_", "-")}`;

const ALL: ReadonlyMap<string, OptionSpec> = new Map([
  ...TEXTS.map((key) => [key, valueOption(nameOf(key), `<${key.toUpperCase()}>`, key)] as const),
  ...NUMBERS.map(
    (key) => [key, valueOption(nameOf(key), `<${key.toUpperCase()}>`, key, { type: int })] as const,
  ),
  ["protected", valueOption("--protected", "[True|False]", "Not to be deleted.", { type: bool })],
  ["tags", valueOption("--tags", "<TAGS>", "Words about it.", { takes: "any" })],
  ["locations", valueOption("--locations", "<LOCATIONS>", "Places.", { takes: "any" })],
]);

/** @param omit properties that are no options */
export const schemaOptions = (omit: readonly string[] = []): readonly OptionSpec[] =>
  [...ALL].filter(([key]) => !omit.includes(key)).map(([, option]) => option);

/** What a line says of properties of the schema. */
export function schemaFields(args: Arguments, omit: readonly string[] = []): JsonObject {
  const fields: Record<string, Json> = {};
  for (const key of ALL.keys()) {
    if (omit.includes(key)) continue;
    const value = valueOf(args, key);
    if (value !== undefined) fields[key] = value;
  }
  return fields;
}

function valueOf(args: Arguments, key: string): Json | undefined {
  if (NUMBERS.includes(key)) return args.number(key);
  if (key === "protected") return args.boolean(key);
  if (key !== "tags" && key !== "locations") return args.exactText(key);
  const texts = args.texts(key);
  return texts.length === 0 ? undefined : texts;
}
