/** The `cloud:` section: what there is before the first step. Defaults belong to the Cloud. */
import { z } from "zod";
import { OPTIONAL_SERVICES } from "../../cloud/optional-services.js";
import { line, name, span, whole } from "./values.js";

const MANY = 10_000;
const FEW = 1_000;

const compute = z.strictObject({
  name,
  vcpus: whole(1, 65_536).optional(),
  memory_mb: whole(1, 1e9).optional(),
  disk_gb: whole(1, 1e9).optional(),
});

const image = z.strictObject({
  name,
  size_mb: whole(0, 1e7).optional(),
  min_disk_gb: whole(0, 1e6).optional(),
  min_ram_mb: whole(0, 1e7).optional(),
});

const cidrRight = "an IPv4 network such as 192.168.1.0/24";
const network = z.strictObject({
  name,
  cidr: z
    .string({ error: cidrRight })
    .regex(/^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!\/)|(?=\/))){4}\/(?:[89]|[12]\d|30)$/, {
      error: `${cidrRight} (prefix /8 to /30)`,
    })
    .optional(),
});

const flavor = z.strictObject({
  name,
  id: name.optional(),
  ram_mb: whole(1, 1e7),
  vcpus: whole(1, 65_536),
  disk_gb: whole(0, 1e6),
});

const user = z.strictObject({
  name,
  project: name.optional(),
  admin: z.boolean({ error: "true or false" }).optional(),
});

const serviceRight = `one of ${OPTIONAL_SERVICES.join(", ")}`;
const serviceName = z.enum(OPTIONAL_SERVICES as [string, ...string[]], { error: serviceRight });
const service = z
  .union([serviceName, z.strictObject({ name: serviceName, host: name.optional() })], {
    error: `${serviceRight}, or { name: nova-network, host: net-1 }`,
  })
  .meta({
    description: "A service beside those that every cloud has, on the controller or a host.",
  });

const flagRight = "a text, a number, true, false, a list of texts or null";
const flagName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/, { error: "the name of a flag or of a service" });
const flag = z.union(
  [
    z.string().max(10_000),
    z.number().min(-1e15).max(1e15),
    z.boolean(),
    z.array(z.string().max(10_000)).max(FEW),
    z.null(),
  ],
  { error: flagRight },
);

/** The flags of a group: `glance: { num_retries: 3 }`. */
const group = z.record(flagName, flag);

/** `{ flag: value }` for every service, `{ service: { flag: value } }` for one. */
const flags = z.record(
  flagName,
  z.union([flag, z.record(flagName, z.union([flag, group], { error: flagRight }))], {
    error: flagRight,
  }),
);

const fileRight = "the text of a file (`nova.conf: |`), or { file: a/path/from/this/file }";
const fileName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,99}$/, { error: "the name of a file such as nova.conf" });

/** Texts by file name. Where a file is named instead, the loader has put its text in its place. */
const flagFiles = z
  .record(
    fileName,
    z.union(
      [
        z.string({ error: fileRight }).max(1_000_000, { error: fileRight }),
        z.strictObject({ file: line(255, "a path from this file") }),
      ],
      { error: fileRight },
    ),
  )
  .meta({
    description:
      "Configuration files by name: nova.conf, nova-compute.conf, neutron.conf, glance-api.conf, " +
      "keystone.conf, ml2_conf.ini ... Each is a text, or { file: path }.",
  });

const rateRight = "megabytes per second, from 0.001 to 1000000";
const latency = z.strictObject({
  rest: span.optional(),
  rpc: span.optional(),
  spawn: span.optional(),
  power_off: span.optional(),
  power_on: span.optional(),
  snapshot: span.optional(),
  destroy: span.optional(),
  wire_port: span.optional(),
  image_mb_per_s: z
    .number({ error: rateRight })
    .min(0.001, { error: rateRight })
    .max(1e6, { error: rateRight })
    .optional(),
});

export const cloud = z.strictObject({
  epoch: line(40, "a date such as 2014-09-18T04:03:09Z")
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/, {
      error: "a date such as 2014-09-18T04:03:09Z",
    })
    .optional(),
  computes: z
    .union([whole(1, MANY), z.array(compute).min(1).max(MANY)], {
      error: "how many hosts (1 to 10000), or a list of them: [{ name: compute-1, vcpus: 8 }]",
    })
    .optional(),
  images: z.array(image).max(FEW).optional(),
  networks: z.array(network).max(FEW).optional(),
  flavors: z.array(flavor).max(FEW).optional(),
  users: z.array(user).max(FEW).optional(),
  services: z.array(service).max(FEW).optional(),
  flags: flags.optional(),
  flag_files: flagFiles.optional(),
  latency: latency.optional(),
});

export type CloudSection = z.infer<typeof cloud>;
