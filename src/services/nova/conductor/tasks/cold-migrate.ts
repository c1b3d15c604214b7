/**
 * A server goes to another host, perhaps as another flavor: a host is chosen and told. Whoever asked
 * waits until then, and hears that there is none; what comes later is the hosts' affair. Upstream:
 * nova/conductor/manager.py (_cold_migrate) at 2014.2; nova §3.3, NOV-241, NOV-242.
 */
import type { ClientOf, Notifier } from "../../../../bus/index.js";
import type { Env, RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { subscript, type Exception, type Frame } from "../../../../python/index.js";
import type { computeApi } from "../../compute/rpcapi.js";
import type { DirectStore } from "../../db/store/object-store.js";
import { NoValidHost } from "../../exception.js";
import type { ImageApi } from "../../image/api.js";
import { imageOfInstance } from "../../image/instance-image.js";
import type { Instance } from "../../objects/instance.js";
import { fromReservations } from "../../objects/quotas.js";
import type {
  Destination,
  FilterProperties,
  RequestSpec,
  schedulerApi,
} from "../../scheduler/rpcapi.js";
import type { StateChanges } from "../../states/state-changes.js";
import { buildRequestSpec, populateFilterProperties, populateRetry } from "../request-spec.js";
import type { FlavorOnWire } from "../rpcapi.js";
import { setVmStateAndNotify } from "../scheduling-failure.js";

export interface MoveOptions {
  readonly store: DirectStore;
  readonly env: Env;
  readonly images: Pick<ImageApi, "get">;
  readonly scheduler: ClientOf<typeof schedulerApi, RequestContext>;
  readonly compute: ClientOf<typeof computeApi, RequestContext>;
  readonly changes: StateChanges;
  /** Publishes as `compute_task.<host>`. */
  readonly notifier: Notifier;
  readonly maxAttempts: number;
}

export interface ColdMigration {
  readonly instance: Instance;
  readonly flavor: FlavorOnWire;
  readonly filterProperties: FilterProperties;
  readonly reservations: readonly string[] | null;
}

const inColdMigrate = (line: number, code: string): readonly Frame[] => [
  { file: "nova/conductor/manager.py", line, name: "_cold_migrate", code },
];

const SCHEDULING = inColdMigrate(508, "context, request_spec, filter_properties)");
const TELLING = inColdMigrate(542, "filter_properties=filter_properties, node=node)");

/** @throws NoValidHost, and what kept the host from being told */
export function* coldMigrate(
  options: MoveOptions,
  ctxt: RequestContext,
  migration: ColdMigration,
): Op<null> {
  const { store } = options;
  const { instance, flavor, reservations } = migration;
  const image = yield* imageOfInstance(options, ctxt, instance);
  const request_spec = buildRequestSpec(store.db, image, [instance], flavor);
  const quotas = fromReservations(store, ctxt, instance, reservations);
  let filter_properties = migration.filterProperties;
  let destination: Destination;
  try {
    filter_properties = populateRetry(
      filter_properties,
      options.maxAttempts,
      instance.uuid,
      (message) => {
        options.env.log("error", message);
      },
    );
    const asked = { request_spec, filter_properties };
    const hosts = yield* options.scheduler.select_destinations(ctxt, asked);
    destination = subscript(hosts, 0) as Destination;
  } catch (error) {
    if (!(error instanceof NoValidHost)) throw error;
    yield* notMoved(options, ctxt, instance, { error, requestSpec: request_spec }, SCHEDULING);
    yield* quotas.rollback(ctxt);
    const same = flavor.id === instance.instance_type_id;
    const what = same ? "cold migrate" : "resize";
    throw new NoValidHost({ reason: `No valid host found for ${what}` });
  }
  const { extra_specs = {}, ...plain } = request_spec.instance_type;
  const requestSpec: RequestSpec = { ...request_spec, instance_type: plain };
  try {
    filter_properties = populateFilterProperties(filter_properties, destination);
    yield* options.compute.prepare({ server: destination.host }).prep_resize(ctxt, {
      instance,
      instance_type: { ...flavor, extra_specs },
      image,
      reservations,
      request_spec: requestSpec,
      filter_properties,
      node: destination.nodename,
    });
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* notMoved(options, ctxt, instance, { error, requestSpec }, TELLING);
    yield* quotas.rollback(ctxt);
    throw error;
  }
  return null;
}

/** `set_vm_state_and_notify`: it stays what it was, and the task is over. */
function* notMoved(
  { env, store, notifier, changes }: MoveOptions,
  ctxt: RequestContext,
  { uuid, vm_state }: Instance,
  { error, requestSpec }: { readonly error: Exception; readonly requestSpec: RequestSpec },
  lines: readonly Frame[],
): Op<void> {
  env.log("warning", `Failed to compute_task_migrate_server: ${error.message}`);
  env.log("warning", `Setting instance to ${vm_state.toUpperCase()} state.`);
  yield* setVmStateAndNotify(store, notifier, changes, ctxt, uuid, {
    service: "compute_task",
    method: "migrate_server",
    updates: { vm_state, task_state: null },
    error,
    requestSpec,
    host: env.host,
    caught: lines,
  });
}
