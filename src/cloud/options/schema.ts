/**
 * The one schema of a cloud's options: scenario files have them under `cloud:`, programs pass them to
 * `new Cloud`. Every value is bounded, and says what would be right. What a project adds to them
 * stands in its `project.ts`. How the two ways of writing differ, `OptionValues` says.
 */
import { z } from "zod";
import { FEW, line, name, whole } from "../../framework/option-values.js";
import { unixMicros, type Span } from "../../kernel/index.js";
import {
  CONTROLLER_PROCESSES,
  OPTIONAL_SERVICES,
  PRESETS,
  PROJECTS,
  type KnownProject,
} from "../projects.js";

/** What a file and a program write differently. */
export interface OptionValues<S extends z.ZodType<Span>, F extends z.ZodType, V extends z.ZodType> {
  readonly span: S;
  /** The text of a configuration file, or where it is. */
  readonly flagFile: F;
  /** The value of a flag. */
  readonly flag: V;
}

const MANY = 10_000;
const FEW_CONTROLLERS = 9;

const epochRight = "a date such as 2014-09-18T04:03:09Z, from 1970 to 2154";
/** Dates are whole microseconds since 1970, which a number holds until 2255: a run has a century. */
const epoch = line(40, epochRight)
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/, { error: epochRight })
  .refine((text) => unixMicros(text) >= 0 && text < "2155", { error: epochRight });

const compute = z.strictObject({
  name,
  vcpus: whole(1, 65_536).optional(),
  memory_mb: whole(1, 1e9).optional(),
  disk_gb: whole(1, 1e9).optional(),
});

/** A compute host, with the capacities its hypervisor reports. */
export type ComputeOptions = z.input<typeof compute>;

const presetRight = `one of ${[...PRESETS.keys()].join(", ")}`;
const preset = z
  .enum([...PRESETS.keys()], { error: presetRight })
  .meta({ description: "Which services there are: minimal, unless it is said." });

const serviceRight = `one of ${OPTIONAL_SERVICES.join(", ")}`;
const serviceName = z.enum(OPTIONAL_SERVICES, { error: serviceRight });
const PLACED = [...OPTIONAL_SERVICES, ...CONTROLLER_PROCESSES];
const placedRight = `one of ${PLACED.join(", ")}`;
const placedName = z.enum(PLACED, { error: placedRight });
const service = z
  .union([serviceName, z.strictObject({ name: placedName, host: name.optional() })], {
    error: `${serviceRight}, or { name: nova-scheduler, host: controller-2 }`,
  })
  .meta({ description: "A service beside those of the preset, on the controller or a host." });

export const flagRight = "a text, a number, true, false, a list of texts or null";
/** As flags have it that are bounded by nothing else: a product of two is still a number. */
const LARGEST = 1e15;
const numberRight = "a number from -1e15 to 1e15";

/** The value of a flag in a file. */
export const flagValue = z.union(
  [
    z.string().max(10_000),
    z.number().min(-LARGEST, { error: numberRight }).max(LARGEST, { error: numberRight }),
    z.boolean(),
    z.array(z.string().max(10_000)).max(FEW),
    z.null(),
  ],
  { error: flagRight },
);

const flagName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/, { error: "the name of a flag or of a service" });

/** `{ flag: value }` for every service, `{ service: { flag: value } }` for one; both may have groups. */
function flagsOf<V extends z.ZodType>(flag: V) {
  const error = flagRight;
  const group = z.record(flagName, flag);
  const section = z.record(flagName, z.union([flag, group], { error }));
  return z.record(flagName, z.union([flag, section], { error }));
}

const fileName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,99}$/, { error: "the name of a file such as nova.conf" });

const rateRight = "megabytes per second, from 0.001 to 1000000";
const rate = z
  .number({ error: rateRight })
  .min(0.001, { error: rateRight })
  .max(1e6, { error: rateRight })
  .optional();

/** Over a union: the keys of all its members, and what stands under one of them. */
type KeysOf<T> = T extends unknown ? keyof T : never;
type ValueAt<T, K extends PropertyKey> = T extends Record<K, infer V> ? V : never;

type ProjectShapes = KnownProject["options"];
/** The keys that projects add. */
export type ProjectShape = { [K in KeysOf<ProjectShapes>]: ValueAt<ProjectShapes, K> };

type Plans = KnownProject["processes"][number];
type KeysIn<T, K extends string> = T extends { readonly [key in K]?: infer V } ? keyof V : never;
type SpanName = "rest" | "rpc" | KeysIn<Plans, "latency">;
type RateName = KeysIn<Plans, "rates">;

const projectShape = Object.assign({}, ...PROJECTS.map(({ options }) => options)) as ProjectShape;

function latencyOf<S extends z.ZodType<Span>>(span: S) {
  const plans = PROJECTS.flatMap(({ processes }): readonly Plans[] => processes);
  const wires = ["rest", "rpc"];
  const spans = [...wires, ...plans.flatMap(({ latency = {} }) => Object.keys(latency))];
  const rates = plans.flatMap(({ rates = {} }) => Object.keys(rates));
  type Shape = Record<SpanName, z.ZodOptional<S>> & Record<RateName, typeof rate>;
  return z.strictObject(
    Object.fromEntries([
      ...spans.map((name) => [name, span.optional()] as const),
      ...rates.map((name) => [name, rate] as const),
    ]) as Shape,
  );
}

/** All keys of a cloud. */
export function cloudShape<S extends z.ZodType<Span>, F extends z.ZodType, V extends z.ZodType>({
  span,
  flagFile,
  flag,
}: OptionValues<S, F, V>) {
  return {
    epoch: epoch.optional(),
    preset: preset.optional(),
    controllers: whole(1, FEW_CONTROLLERS)
      .meta({
        description:
          "How many hosts run the services that are not on compute hosts: controller, controller-2 ... Requests to controller go to all in turn.",
      })
      .optional(),
    computes: z
      .union([whole(1, MANY), z.array(compute).min(1).max(MANY)], {
        error: "how many hosts (1 to 10000), or a list of them: [{ name: compute-1, vcpus: 8 }]",
      })
      .optional(),
    ...projectShape,
    services: z.array(service).max(FEW).optional(),
    flags: flagsOf(flag).optional(),
    flag_files: z
      .record(fileName, flagFile)
      .meta({
        description:
          "Configuration files by name: nova.conf, nova-compute.conf, neutron.conf, glance-api.conf, " +
          "keystone.conf, ml2_conf.ini ... Each is a text, or { file: path }.",
      })
      .optional(),
    latency: latencyOf(span).optional(),
  };
}
