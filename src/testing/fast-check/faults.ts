/**
 * What goes wrong, as steps of a scenario: messages that are lost, late, doubled or answered in vain,
 * requests that fail, drivers and processes and hosts that do. Each is over by the end of the run.
 */
import * as fc from "fast-check";
import type { StepSource } from "./scenario-source.js";

/** What there is that can fail. */
export interface FaultOptions {
  /** How many compute hosts there are: compute-1 and so on. Default 2. */
  readonly computes?: number;
  /** Whether there is Cinder. Default true. */
  readonly volumes?: boolean;
}

const METHODS = [
  "build_instances",
  "select_destinations",
  "build_and_run_instance",
  "object_action",
  "object_class_action",
  "instance_update",
  "shelve_instance",
  "unshelve_instance",
  "terminate_instance",
  "stop_instance",
  "start_instance",
  "reboot_instance",
  "prep_resize",
  "resize_instance",
  "finish_resize",
  "migrate_server",
  "rebuild_instance",
] as const;

const PATHS = [
  "/v1/images/*",
  "/v2.0/ports*",
  "/v2.0/networks*",
  "/v2.0/tokens*",
  "/v2/*/servers*",
] as const;

const DRIVER = [
  "spawn",
  "destroy",
  "snapshot",
  "power_off",
  "power_on",
  "finish_migration",
] as const;

const CONTROLLERS = [
  "nova-api",
  "nova-conductor",
  "nova-scheduler",
  "glance-api",
  "neutron-server",
];

const fault = (what: object): StepSource => ({ fault: what });

const span = (most: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: most }).map((length) => `${String(length)}s`);

const messages: fc.Arbitrary<StepSource> = fc.oneof(
  fc
    .tuple(fc.constantFrom("request", "reply"), fc.constantFrom(...METHODS))
    .map(([of, method]) => fault({ drop: { of, method } })),
  fc
    .tuple(fc.constantFrom(...METHODS), span(90))
    .map(([method, by]) => fault({ delay: { method, by } })),
  fc.constantFrom(...METHODS).map((method) => fault({ duplicate: { method } })),
  fc
    .tuple(fc.constantFrom(...METHODS), fc.integer({ min: 1, max: 4 }))
    .map(([method, nth]) => fault({ lose_reply: { method, nth } })),
);

const requests: fc.Arbitrary<StepSource> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(500, 503, 404),
      fc.constantFrom(...PATHS),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([status, path, times]) => fault({ answer: { status, path, times } })),
  fc
    .tuple(fc.constantFrom(...PATHS), fc.constantFrom("before", "after"))
    .map(([path, when]) => fault({ reset: { path, when } })),
);

const connections = (hosts: readonly string[]): fc.Arbitrary<StepSource> =>
  fc.oneof(
    span(60).map((down) => fault({ restart_broker: { down } })),
    fc
      .tuple(fc.constantFrom(...hosts), span(90))
      .map(([host, length]) => fault({ cut_off: { host, for: length } })),
  );

const ends = (hosts: readonly string[], binaries: readonly string[]): fc.Arbitrary<StepSource> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...hosts).map((host) => ({ crash: host })), weight: 1 },
    {
      arbitrary: fc.constantFrom(...hosts).map((host) => ({ crash: `nova-compute@${host}` })),
      weight: 2,
    },
    {
      arbitrary: fc.constantFrom(...binaries).map((name) => ({ crash: `${name}@controller` })),
      weight: 2,
    },
  );

/** The compute hosts of a cloud, by their names. */
export const hostsOf = (computes: number): string[] =>
  Array.from({ length: computes }, (_, at) => `compute-${String(at + 1)}`);

/** The processes that may end: all of them are started again at the end of a run. */
export const processesOf = (computes: number, volumes: boolean): string[] => [
  ...CONTROLLERS.map((name) => `${name}@controller`),
  ...(volumes ? ["cinder-volume@controller"] : []),
  ...hostsOf(computes).map((host) => `nova-compute@${host}`),
  ...hostsOf(computes).map((host) => `neutron-openvswitch-agent@${host}`),
];

/**
 * Any one thing that goes wrong.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { faultStep } from "novasim/fast-check";
 *
 * const [step] = fc.sample(faultStep({ computes: 3 }), { numRuns: 1, seed: 1 });
 * console.log(typeof step); // object
 * ```
 */
export function faultStep(options: FaultOptions = {}): fc.Arbitrary<StepSource> {
  const { computes = 2, volumes = true } = options;
  const hosts = hostsOf(computes);
  const binaries = [...CONTROLLERS, ...(volumes ? ["cinder-volume"] : [])];
  const driver = fc
    .tuple(fc.constantFrom(...DRIVER), fc.constantFrom(...hosts))
    .map(([operation, host]) => fault({ driver: operation, host, times: 1, error: "no luck" }));
  return fc.oneof(
    { arbitrary: messages, weight: 4 },
    { arbitrary: requests, weight: 2 },
    { arbitrary: driver, weight: 1 },
    { arbitrary: connections(hosts), weight: 1 },
    { arbitrary: ends(hosts, binaries), weight: 2 },
  );
}
