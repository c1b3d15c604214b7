/** Launch Instance, as a person fills it in. */
import { z } from "zod";
import type { Entry } from "../../clients/index.js";
import type { NameUse } from "../verbs/verb.js";
import { line, name, whole } from "../schema/values.js";
import { actVerb } from "./act-verb.js";

const SOURCES = ["image", "snapshot", "volume", "volume snapshot", "new volume of"] as const;

const form = z
  .strictObject({
    name: line(1000, "a name").meta({ description: "Instance Name." }),
    flavor: name.meta({ description: "Flavor, by name." }),
    image: name.optional().meta({ description: "Boot from this image." }),
    snapshot: name.optional().meta({ description: "Boot from this snapshot of an instance." }),
    volume: name.optional().meta({ description: "Boot from this volume." }),
    "volume snapshot": name.optional().meta({
      description: "Boot from this snapshot of a volume, of which a new volume is made.",
    }),
    "new volume of": name.optional().meta({
      description: "Boot from a new volume that is made of this image.",
    }),
    network: z
      .union([name, z.array(name).max(20)], { error: "the name of a network, or a list of them" })
      .optional()
      .meta({ description: "Networks. Default: what is selected already: the only one there is." }),
    count: whole(0, 1000).optional().meta({ description: "Instance Count. Default 1." }),
    "size gb": whole(0, 1e6).optional().meta({ description: "Device size of a new volume." }),
    "device name": z
      .string()
      .max(255)
      .optional()
      .meta({ description: "Device Name. Default vda." }),
    "delete on terminate": z
      .boolean({ error: "true or false" })
      .optional()
      .meta({ description: "Whether the volume goes with the instance." }),
    "key pair": name.optional().meta({ description: "Key Pair." }),
    "security groups": z
      .array(name)
      .max(20)
      .optional()
      .meta({ description: "Security Groups. Default: default." }),
    "availability zone": name.optional().meta({ description: "Availability Zone." }),
    script: line(10_000).optional().meta({ description: "Customization Script, as direct input." }),
    "configuration drive": z
      .boolean({ error: "true or false" })
      .optional()
      .meta({ description: "Whether there is to be a configuration drive." }),
  })
  .refine((written) => SOURCES.filter((source) => written[source] !== undefined).length <= 1, {
    error: `one thing to boot from: ${SOURCES.join(", ")}`,
  })
  .meta({ description: "Launch Instance, above the instances, and what is filled in there." });

const entry = (key: string, value: Entry | undefined): Readonly<Record<string, Entry>> =>
  value === undefined ? {} : { [key]: value };

type Form = z.output<typeof form>;

/** By the names of the form's own fields. */
const fieldsOf = (written: Form): Readonly<Record<string, Entry>> => ({
  name: written.name,
  flavor: written.flavor,
  ...sourceOf(written),
  ...entry("network", written.network),
  ...entry("count", written.count),
  ...entry("volume_size", written["size gb"]),
  ...entry("device_name", written["device name"]),
  ...entry("delete_on_terminate", written["delete on terminate"]),
  ...entry("keypair", written["key pair"]),
  ...entry("groups", written["security groups"]),
  ...entry("availability_zone", written["availability zone"]),
  ...entry("script_data", written.script),
  ...entry("config_drive", written["configuration drive"]),
});

function sourceOf(written: Form): Readonly<Record<string, Entry>> {
  const source = (words: string, field: string, chosen: string) => ({
    source_type: words,
    [field]: chosen,
  });
  if (written.image !== undefined) return source("Boot from image", "image_id", written.image);
  if (written.snapshot !== undefined) {
    return source("Boot from snapshot", "instance_snapshot_id", written.snapshot);
  }
  if (written.volume !== undefined) return source("Boot from volume", "volume_id", written.volume);
  const { "volume snapshot": snapshot, "new volume of": image } = written;
  if (snapshot !== undefined) {
    const words = "Boot from volume snapshot (creates a new volume)";
    return source(words, "volume_snapshot_id", snapshot);
  }
  if (image === undefined) return {};
  return source("Boot from image (creates a new volume)", "image_id", image);
}

const KEY = "launch instance";

export const launchInstance = actVerb({
  key: KEY,
  schema: { [KEY]: form },
  act: ({ [KEY]: written }) => ({
    kind: "click",
    path: "/project/instances/",
    table: "instances",
    action: ["Launch Instance"],
    rows: [],
    fields: fieldsOf(written),
  }),
  names({ [KEY]: written }): readonly NameUse[] {
    const uses: NameUse[] = [
      { what: "flavor", name: written.flavor, at: [KEY, "flavor"] },
      {
        what: "server",
        name: written.name,
        at: [KEY, "name"],
        makes: (written.count ?? 1) > 1 ? "many" : "one",
      },
    ];
    for (const key of ["image", "new volume of"] as const) {
      const image = written[key];
      if (image !== undefined) uses.push({ what: "image", name: image, at: [KEY, key] });
    }
    const { network } = written;
    if (typeof network === "string") {
      uses.push({ what: "network", name: network, at: [KEY, "network"] });
    }
    return uses;
  },
});
