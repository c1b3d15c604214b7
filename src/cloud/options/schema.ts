/**
 * The one schema of a cloud's options: scenario files have them under `cloud:`, programs pass them to
 * `new Cloud`. Every value is bounded, and says what would be right. What a project adds to them
 * stands in its `project.ts`. How the two ways of writing differ, `OptionValues` says.
 */
import { z } from "zod";
import { described, FEW, line, name, whole } from "../../framework/option-values.js";
import { DEFAULT_CAPACITY } from "../../hardware/hypervisor.js";
import { formatDuration, unixMicros, type Span } from "../../kernel/index.js";
import { inMilliseconds } from "../../framework/project.js";
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
  /** The text of a configuration file or of a user's, or where it is. */
  readonly flagFile: F;
  /** The value of a flag. */
  readonly flag: V;
}

const MANY = 10_000;
const FEW_CONTROLLERS = 9;

const epochRight = "a date such as 2014-09-18T04:03:09Z, from 1970 to 2154";
/** Dates are whole microseconds since 1970, which a number holds until 2255: a run has a century. */
const epoch = line(40, epochRight)
  .regex(
    /^(?:19[7-9]\d|20\d\d|21[0-4]\d|215[0-4])-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?Z$/,
    { error: epochRight },
  )
  .refine((text) => unixMicros(text) >= 0, { error: epochRight });

const compute = z.strictObject({
  name: name.meta({ description: "Its name, as in nova-compute@NAME." }),
  vcpus: whole(1, 65_536)
    .optional()
    .meta({ description: `Its CPUs. Default ${String(DEFAULT_CAPACITY.vcpus)}.` }),
  memory_mb: whole(1, 1e9)
    .optional()
    .meta({ description: `Its memory, in MB. Default ${String(DEFAULT_CAPACITY.memory_mb)}.` }),
  disk_gb: whole(1, 1e9)
    .optional()
    .meta({ description: `Its disk, in GB. Default ${String(DEFAULT_CAPACITY.disk_gb)}.` }),
});

/**
 * A compute host, with the capacities its hypervisor reports.
 *
 * @example
 * ```ts
 * import { Cloud, type ComputeOptions } from "novasim";
 *
 * const small: ComputeOptions = { name: "small", vcpus: 1, memory_mb: 1024 };
 * new Cloud({ seed: 1, computes: [small] }).nodes()[0]?.memory_mb; // → 1024
 * ```
 */
export type ComputeOptions = z.input<typeof compute>;

const presetRight = `one of ${[...PRESETS.keys()].join(", ")}`;
const preset = z
  .enum([...PRESETS.keys()], { error: presetRight })
  .meta({ description: "Which services there are. Default: minimal." });

const serviceRight = `one of ${OPTIONAL_SERVICES.join(", ")}`;
const serviceName = z.enum(OPTIONAL_SERVICES, { error: serviceRight });
const PLACED = [...OPTIONAL_SERVICES, ...CONTROLLER_PROCESSES];
const placedRight = `one of ${PLACED.join(", ")}`;
const placedName = z.enum(PLACED, { error: placedRight });
const placedService = z.strictObject({
  name: placedName.meta({ description: "Which service." }),
  host: name.optional().meta({ description: "Where it runs. Default: controller." }),
});
const service = z
  .union([serviceName, placedService], {
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

const placesRight = "a host and a port such as controller:8774";
const place = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}:\d{1,5}$/, { error: placesRight });

const fileName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,99}$/, { error: "the name of a file such as nova.conf" });

const rateRight = "megabytes per second, from 0.001 to 1000000";
const rate = z
  .number({ error: rateRight })
  .min(0.001, { error: rateRight })
  .max(1e6, { error: rateRight });

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

/** How long a message takes on its way, one way: a small, healthy deployment on one LAN. */
export const WIRES = { rest: inMilliseconds(2, 5), rpc: inMilliseconds(1, 3) };

const formatSpan = ({ min, max }: Span): string =>
  min === max ? formatDuration(min) || "0" : `${formatDuration(min)}..${formatDuration(max)}`;

function latencyOf<S extends z.ZodType<Span>>(span: S) {
  const plans = PROJECTS.flatMap(({ processes }): readonly Plans[] => processes);
  const wires = [
    ["rest", "a request or its answer is on its way", WIRES.rest],
    ["rpc", "a message of the bus is on its way", WIRES.rpc],
  ] as const;
  const spans = [
    ...wires,
    ...plans.flatMap(({ binary, latency = {} }) =>
      Object.entries<Span>(latency).map(
        ([name, usual]) => [name, `\`${name}\` takes in ${binary}`, usual] as const,
      ),
    ),
  ];
  const rates = plans.flatMap(({ rates = {} }) => Object.entries<number>(rates));
  type Shape = Record<SpanName, z.ZodOptional<S>> & Record<RateName, z.ZodOptional<typeof rate>>;
  return z.strictObject(
    Object.fromEntries([
      ...spans.map(([name, what, usual]) => {
        const description = `How long ${what}: 3ms, or a range 2ms..5ms. Default ${formatSpan(usual)}.`;
        return [name, described(span.optional(), description)] as const;
      }),
      ...rates.map(([name, usual]) => {
        const description = `How fast images are moved, in MB per second. Default ${String(usual)}.`;
        return [name, described(rate.optional(), description)] as const;
      }),
    ]) as Shape,
  );
}

/** What a file and a program write alike, once for both. */
const alike = {
  epoch: epoch.optional().meta({
    description: "The date at which the run begins, in UTC. Default 2014-09-18T04:03:09Z.",
  }),
  preset: preset.optional(),
  controllers: whole(1, FEW_CONTROLLERS)
    .meta({
      description:
        "How many hosts run the services that are not on compute hosts: controller, controller-2 ... " +
        "Requests to controller go to all in turn. Default 1.",
    })
    .optional(),
  computes: z
    .union([whole(1, MANY), z.array(compute).min(1).max(MANY)], {
      error: "how many hosts (1 to 10000), or a list of them: [{ name: compute-1, vcpus: 8 }]",
    })
    .optional()
    .meta({
      description:
        "The compute hosts: how many (compute-1, compute-2 ...), or a list of them. Default 1.",
      examples: [2, [{ name: "compute-1", vcpus: 8 }]],
    }),
  ...projectShape,
  services: z.array(service).max(FEW).optional().meta({
    description: "Services beside those of the preset.",
  }),
};

const published = z
  .record(place, place)
  .refine((places) => Object.keys(places).length <= FEW, { error: placesRight })
  .optional()
  .meta({
    description:
      "Where people outside find what listens in the cloud, as the catalog tells it: { controller:8774: 127.0.0.1:8774 }.",
  });

/** All keys of a cloud. */
export function cloudShape<S extends z.ZodType<Span>, F extends z.ZodType, V extends z.ZodType>({
  span,
  flagFile,
  flag,
}: OptionValues<S, F, V>) {
  return {
    ...alike,
    flags: flagsOf(flag)
      .optional()
      .meta({
        description:
          "Flags by name, for every service that reads them; in a section of its own for one service " +
          "(nova-compute: { ... }) or one group (glance: { ... }). `novasim flags` lists them.",
      }),
    flag_files: z
      .record(fileName, flagFile)
      .meta({
        description:
          "Configuration files by name: nova.conf, nova-compute.conf, neutron.conf, glance-api.conf, " +
          "keystone.conf, ml2_conf.ini ... Each is a text, or { file: path }.",
      })
      .optional(),
    published,
    user_files: z
      .record(fileName, flagFile)
      .meta({
        description:
          "What users have in the folder in which they type commands, by name: templates, environments. " +
          "Each is a text, or { file: path }.",
      })
      .optional(),
    latency: latencyOf(span).optional().meta({
      description: "How long things take, drawn by chance from a range.",
    }),
  };
}
