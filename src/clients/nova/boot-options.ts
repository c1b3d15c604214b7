/**
 * What a program boots a server from. Its shape is checked here, so that a mistyped key is not left
 * out in silence; whether the values are good is for nova-api to say.
 */
import { z } from "zod";
import { DriverError } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import { complaints, describe, inWords } from "../../text/complaints.js";
import { keysAt } from "../../text/schema-keys.js";

/**
 * What to boot. Flavor, image and networks by name or id.
 *
 * @example
 * ```ts
 * import { Cloud, type BootOptions } from "novasim";
 *
 * const three: BootOptions = { name: "web", flavor: "m1.nano", image: "cirros", count: 3 };
 * const cloud = new Cloud({ seed: 1, computes: 2 });
 * cloud.run(cloud.user("demo").nova.boot(three));
 * cloud.settle();
 * cloud.count("ACTIVE"); // → 3
 * ```
 */
export interface BootOptions {
  readonly name: string;
  readonly flavor: string;
  /** Left out, the server boots from a block device. */
  readonly image?: string;
  readonly networks?: readonly (string | { readonly port: string })[];
  /** How many: `{ min, max }`, or exactly. Default 1. */
  readonly count?: number | { readonly min: number; readonly max: number };
  readonly meta?: Readonly<Record<string, string>>;
  readonly keyName?: string;
  readonly availabilityZone?: string;
  readonly securityGroups?: readonly string[];
  readonly hints?: Readonly<Record<string, string | readonly string[]>>;
  readonly configDrive?: true | string;
  readonly adminPass?: string;
  /** `block_device_mapping_v2`, in wire names. */
  readonly blockDevices?: readonly JsonObject[];
}

const text = (error: string): z.ZodString => z.string({ error });
const texts = z.array(text("a text"), { error: "a list of texts" });
const number = z.number({ error: "a number" });
const network = z.union([text("a network"), z.strictObject({ port: text("the id of a port") })], {
  error: "a network by name or id, or { port }",
});

const schema = z.strictObject({
  name: text("the server's name"),
  flavor: text("a flavor by name or id"),
  image: text("an image by name or id").optional(),
  networks: z.array(network, { error: "a list of networks" }).optional(),
  count: z
    .union([number, z.strictObject({ min: number, max: number })], {
      error: "a number, or { min, max }",
    })
    .optional(),
  meta: z.record(z.string(), text("a text")).optional(),
  keyName: text("the name of a key pair").optional(),
  availabilityZone: text("the name of a zone").optional(),
  securityGroups: texts.optional(),
  hints: z.record(z.string(), z.union([text("a text"), texts])).optional(),
  configDrive: z.union([z.literal(true), z.string()], { error: "true, or a text" }).optional(),
  adminPass: text("a password").optional(),
  blockDevices: z.array(z.record(z.string(), z.unknown())).optional(),
} satisfies Readonly<Record<keyof BootOptions, z.ZodType>>);

/** @throws DriverError naming everything that has not that shape, and what would be right */
export function assertBootOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) {
    const right = 'options such as { name: "t1", flavor: "m1.nano", image: "cirros" }';
    throw new DriverError(`boot takes ${right}, not ${describe(options)}`);
  }
  const { error } = schema.safeParse(options);
  if (error === undefined) return;
  const problems = complaints(error.issues, options, { keysAt: (path) => keysAt(schema, path) });
  throw new DriverError(`boot: ${inWords(problems)}`);
}
