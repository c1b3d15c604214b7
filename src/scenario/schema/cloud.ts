/** The `cloud:` section: what there is before the first step. Defaults belong to the Cloud. */
import { z } from "zod";
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

/** `{ flag: value }` for every service, `{ service: { flag: value } }` for one. */
const flags = z.record(flagName, z.union([flag, z.record(flagName, flag)], { error: flagRight }));

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
  flags: flags.optional(),
  latency: latency.optional(),
});

export type CloudSection = z.infer<typeof cloud>;
