/**
 * What goes wrong, as steps of a scenario: messages that are lost, late, doubled or answered in vain,
 * requests that fail, drivers and processes and hosts that do. Each is over by the end of the run.
 */
import * as fc from "fast-check";
import { HYPERVISOR_OPERATIONS } from "../../hardware/hypervisor.js";
import { STORAGE_OPERATIONS } from "../../hardware/volume-group.js";
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
  "shelve_offload_instance",
  "unshelve_instance",
  "terminate_instance",
  "soft_delete_instance",
  "restore_instance",
  "stop_instance",
  "start_instance",
  "pause_instance",
  "unpause_instance",
  "suspend_instance",
  "resume_instance",
  "reboot_instance",
  "rescue_instance",
  "unrescue_instance",
  "snapshot_instance",
  "backup_instance",
  "prep_resize",
  "resize_instance",
  "finish_resize",
  "confirm_resize",
  "revert_resize",
  "finish_revert_resize",
  "migrate_server",
  "check_can_live_migrate_destination",
  "check_can_live_migrate_source",
  "pre_live_migration",
  "live_migration",
  "post_live_migration_at_destination",
  "rollback_live_migration_at_destination",
  "rebuild_instance",
  "set_admin_password",
  "attach_interface",
  "detach_interface",
  "add_fixed_ip_to_instance",
  "remove_fixed_ip_from_instance",
  "reserve_block_device_name",
  "attach_volume",
  "detach_volume",
  "swap_volume",
  "external_instance_event",
  "change_instance_metadata",
  "add_aggregate_host",
  "get_device_details",
  "update_device_up",
] as const;

const PATHS = [
  "/v1/images/*",
  "/v2.0/ports*",
  "/v2.0/networks*",
  "/v2.0/tokens*",
  "/v2/*/servers*",
  "/v2/*/os-server-external-events",
  "/v1/*/volumes*",
] as const;

const CONTROLLERS = [
  "nova-api",
  "nova-conductor",
  "nova-scheduler",
  "glance-api",
  "glance-registry",
  "keystone",
  "neutron-server",
];

/** What a host has of its own. */
const ON_HOSTS = ["nova-compute", "neutron-openvswitch-agent"] as const;

const fault = (what: object): StepSource => ({ fault: what });

const span = (most: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: most }).map((length) => `${String(length)}s`);

/** What becomes of messages of a method. */
export const messageFault = (of: fc.Arbitrary<string>): fc.Arbitrary<StepSource> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom("request", "reply"), of)
      .map(([kind, method]) => fault({ drop: { of: kind, method } })),
    fc.tuple(of, span(90)).map(([method, by]) => fault({ delay: { method, by } })),
    of.map((method) => fault({ duplicate: { method } })),
    fc
      .tuple(of, fc.integer({ min: 1, max: 4 }))
      .map(([method, nth]) => fault({ lose_reply: { method, nth } })),
    fc.tuple(of, span(20)).map(([method, within]) => fault({ reorder: { method, within } })),
  );

const messages = (hosts: readonly string[]): fc.Arbitrary<StepSource> =>
  fc.oneof(
    { arbitrary: messageFault(fc.constantFrom(...METHODS)), weight: 5 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...hosts, "controller"), span(90))
        .map(([host, length]) => fault({ stall: { host, for: length } })),
      weight: 1,
    },
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
  fc
    .tuple(fc.constantFrom(...PATHS), span(40))
    .map(([path, by]) => fault({ slow: { path, by, times: 2 } })),
);

/** An operation of a host's hypervisor fails, or takes so long. */
export const driverFault = (
  operation: fc.Arbitrary<string>,
  hosts: readonly string[],
): fc.Arbitrary<StepSource> =>
  fc.oneof(
    fc
      .tuple(operation, fc.constantFrom(...hosts))
      .map(([driver, host]) => fault({ driver, host, times: 1, error: "no luck" })),
    fc
      .tuple(operation, fc.constantFrom(...hosts), span(40))
      .map(([driver, host, by]) => fault({ driver, host, times: 1, by })),
  );

const storage: fc.Arbitrary<StepSource> = fc
  .constantFrom(...STORAGE_OPERATIONS)
  .map((operation) =>
    fault({ volume_driver: operation, host: "controller", times: 1, error: "no luck" }),
  );

const connections = (
  hosts: readonly string[],
  binaries: readonly string[],
): fc.Arbitrary<StepSource> => {
  const controllers = binaries.map((name) => `${name}@controller`);
  return fc.oneof(
    span(60).map((down) => fault({ restart_broker: { down } })),
    fc
      .tuple(fc.constantFrom(...hosts), span(90))
      .map(([host, length]) => fault({ cut_off: { host, for: length } })),
    fc
      .tuple(
        fc.constantFrom(...hosts),
        fc.constantFrom(...controllers, "broker"),
        fc.constantFrom("in", "out", "both"),
        span(90),
      )
      .map(([host, peer, direction, length]) =>
        fault({ cut_off: { host, peer, direction, for: length } }),
      ),
    fc
      .constantFrom(...hosts.map((host) => `nova-compute@${host}`), ...controllers)
      .map((host) => fault({ break_connection: { host } })),
  );
};

const ends = (hosts: readonly string[], binaries: readonly string[]): fc.Arbitrary<StepSource> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...hosts).map((host) => ({ crash: host })), weight: 2 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...ON_HOSTS), fc.constantFrom(...hosts))
        .map(([name, host]) => ({ crash: `${name}@${host}` })),
      weight: 4,
    },
    {
      arbitrary: fc.constantFrom(...binaries).map((name) => ({ crash: `${name}@controller` })),
      weight: 4,
    },
  );

/** The compute hosts of a cloud, by their names. */
export const hostsOf = (computes: number): string[] =>
  Array.from({ length: computes }, (_, at) => `compute-${String(at + 1)}`);

const onController = (volumes: boolean): string[] => [
  ...CONTROLLERS,
  ...(volumes ? ["cinder-api", "cinder-scheduler", "cinder-volume"] : []),
];

/** The processes that may end: all of them are started again at the end of a run. */
export const processesOf = (computes: number, volumes: boolean): string[] => [
  ...onController(volumes).map((name) => `${name}@controller`),
  ...hostsOf(computes).flatMap((host) => ON_HOSTS.map((name) => `${name}@${host}`)),
];

/** Somebody ends: a process, or a host with all that is on it. */
export const end = ({ computes = 2, volumes = true }: FaultOptions): fc.Arbitrary<StepSource> =>
  ends(hostsOf(computes), onController(volumes));

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
  return fc.oneof(
    { arbitrary: messages(hosts), weight: 5 },
    { arbitrary: requests, weight: 2 },
    { arbitrary: driverFault(fc.constantFrom(...HYPERVISOR_OPERATIONS), hosts), weight: 2 },
    ...(volumes ? [{ arbitrary: storage, weight: 1 }] : []),
    { arbitrary: connections(hosts, onController(volumes)), weight: 2 },
    { arbitrary: end(options), weight: 2 },
  );
}
