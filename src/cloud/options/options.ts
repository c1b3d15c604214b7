/**
 * What a cloud is made of, in plain data: what a scenario's `cloud:` section comes to, and what a
 * test passes to `new Cloud`. Everything has a default.
 */
import { z } from "zod";
import type { Duration } from "../../kernel/index.js";
import { LONGEST_SPAN, span, whole } from "../../framework/option-values.js";
import type { FlagFiles, FlagOptions } from "../flags/types.js";
import {
  cloudShape,
  flagRight,
  flagValue,
  type ComputeOptions,
  type ProjectShape,
} from "./schema.js";
import type { Preset } from "../projects.js";

export type { ComputeOptions };
export type { NetworkOptions } from "../../framework/network-options.js";
export type { ImageOptions } from "../../services/glance/project.js";
export type { UserOptions } from "../../services/keystone/project.js";
export type { FlavorOptions } from "../../services/nova/project.js";

/**
 * A service that a cloud can do without.
 *
 * @example
 * ```ts
 * import { Cloud, type OptionalService } from "novasim";
 *
 * const second: OptionalService = { name: "nova-scheduler", host: "controller-2" };
 * const cloud = new Cloud({ seed: 1, services: [second] });
 * cloud.actors.some(({ name }) => name === "nova-scheduler@controller-2"); // → true
 * ```
 */
export interface OptionalService {
  /** `nova-network`. */
  readonly name: string;
  /** Default: the controller. */
  readonly host?: string | undefined;
}

const spanRight =
  "a duration (3ms), a range with the smaller one first (2ms..5ms) or { min, max } in microseconds";
const instant = whole(0, LONGEST_SPAN);
/** Types ask for more than a run can see: that a unit has made the number. */
const length = z.custom<Duration>((value) => instant.safeParse(value).success);
const shape = cloudShape({
  span: z
    .union([span, z.strictObject({ min: length, max: length })], { error: spanRight })
    .refine(({ min, max }) => min <= max, { error: spanRight }),
  flagFile: z.string({ error: "the text of a file" }),
  flag: z.union([flagValue, z.map(z.string(), z.string())], { error: flagRight }),
});

type DeepReadonly<T> = T extends number
  ? T
  : T extends readonly (infer E)[]
    ? readonly DeepReadonly<E>[]
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;

/** `images`, `networks`, `flavors`, `users`: what projects hold from the start. */
type ProjectOptions = DeepReadonly<z.input<z.ZodObject<ProjectShape>>>;

/**
 * How long things take that services do not decide themselves.
 *
 * @example
 * ```ts
 * import { Cloud, seconds, type Latency } from "novasim";
 *
 * const slow: Latency = { rest: { min: seconds(1), max: seconds(2) } };
 * const cloud = new Cloud({ seed: 1, latency: slow });
 * cloud.user("demo").command("nova list").exit; // → 0
 * ```
 */
export type Latency = DeepReadonly<NonNullable<z.input<z.ZodObject<typeof shape>>["latency"]>>;

/**
 * What a cloud is made of; everything has a default.
 *
 * @example
 * ```ts
 * import { Cloud, type CloudOptions } from "novasim";
 *
 * const options: CloudOptions = { seed: 3, computes: [{ name: "big", vcpus: 64 }], services: ["cinder"] };
 * new Cloud(options).nodes()[0]?.vcpus; // → 64
 * ```
 */
export interface CloudOptions extends ProjectOptions {
  readonly seed?: number | undefined;
  /** Default: 2014-09-18T04:03:09Z. */
  readonly epoch?: string | undefined;
  /** Which services there are. Default: `minimal`. */
  readonly preset?: Preset | undefined;
  /** How many hosts run what is not on compute hosts: `controller`, `controller-2` ... Default 1. */
  readonly controllers?: number | undefined;
  /** How many hosts, or which. Default 1. */
  readonly computes?: number | readonly ComputeOptions[] | undefined;
  /** Services beside those of the preset, by name or with their host. */
  readonly services?: readonly (string | OptionalService)[] | undefined;
  readonly flags?: FlagOptions | undefined;
  /** Texts of `nova.conf`, `nova-compute.conf`, `neutron.conf` ...; what `flags` says comes first. */
  readonly flag_files?: FlagFiles | undefined;
  /** Where people outside find what listens in the cloud: `{ "controller:8774": "127.0.0.1:8774" }`. */
  readonly published?: Readonly<Record<string, string>> | undefined;
  /** Texts of files in the folder in which users type commands. */
  readonly user_files?: Readonly<Record<string, string>> | undefined;
  readonly latency?: Latency | undefined;
}

export const optionsSchema = z.strictObject({ seed: whole(0, 4_294_967_295).optional(), ...shape });

/** Options that have been checked, spans in virtual microseconds. */
export type CheckedOptions = z.output<typeof optionsSchema>;
