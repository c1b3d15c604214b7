/**
 * The tasks that span services: building servers, moving them and bringing shelved ones back. Upstream:
 * nova/conductor/manager.py (ComputeTaskManager 1.9) at 2014.2; nova §1.4, §1.10, §2.4.
 */
import {
  RpcClient,
  clientOf,
  expectedExceptions,
  type ArgsIn,
  type ClientOf,
  type Notifier,
  type Serves,
} from "../../../bus/index.js";
import type { RequestContext, Env } from "../../../framework/index.js";
import { type Op, caught } from "../../../kernel/index.js";
import {
  type Frame,
  IndexException,
  NotImplementedException,
  PythonTypeError,
} from "../../../python/index.js";
import { computeApi } from "../compute/rpcapi.js";
import type { DirectStore } from "../db/store/object-store.js";
import { reportEvent } from "../event-reporter.js";
import { InstanceInfoCacheNotFound, InstanceNotFound } from "../exception.js";
import { ImageApi } from "../image/api.js";
import { novaNotifier } from "../notifications.js";
import { getBlockDevices } from "../objects/block-device-mapping.js";
import type { Instance } from "../objects/instance.js";
import { asNetworkRequests } from "../objects/network-request.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { StateChanges } from "../states/state-changes.js";
import { objectSerializer } from "../objects/wire/serializer.js";
import { schedulerApi, type Destination } from "../scheduler/rpcapi.js";
import { ERROR } from "../states/vm-states.js";
import { conductorFlags } from "./flags.js";
import { buildRequestSpec, populateFilterProperties, populateRetry } from "./request-spec.js";
import type { computeTaskApi } from "./rpcapi.js";
import { Rebuilding } from "./rebuilding.js";
import { logSchedulingFailure, setVmStateAndNotify } from "./scheduling-failure.js";
import { coldMigrate } from "./tasks/cold-migrate.js";
import { liveMigrate, REFUSALS, type LiveOptions } from "./tasks/live-migrate.js";
import { Unshelving } from "./unshelving.js";

const SCHEDULING: readonly Frame[] = [
  {
    file: "nova/conductor/manager.py",
    line: 614,
    name: "build_instances",
    code: "request_spec, filter_properties)",
  },
];

const MIGRATING: readonly Frame[] = [
  {
    file: "nova/conductor/manager.py",
    line: 489,
    name: "migrate_server",
    code: "reservations)",
  },
];

/** What a move is refused with. */
const EXPECTED_OF_MOVES = REFUSALS;

type MoveArgs = ArgsIn<typeof computeTaskApi, "migrate_server">;
type BuildArgs = ArgsIn<typeof computeTaskApi, "build_instances">;

export class ComputeTaskManager implements Serves<typeof computeTaskApi, RequestContext> {
  readonly #store: DirectStore;
  readonly #env: Env;
  readonly #host: string;
  readonly #maxAttempts: number;
  readonly #scheduler: ClientOf<typeof schedulerApi, RequestContext>;
  readonly #compute: ClientOf<typeof computeApi, RequestContext>;
  readonly #schedulerNotifier: Notifier;
  readonly #changes: StateChanges;
  readonly #rebuilding: Rebuilding;
  readonly #unshelving: Unshelving;
  readonly #moving: LiveOptions;

  constructor(env: Env, store: DirectStore) {
    const rpc = new RpcClient(env.bus, objectSerializer(store));
    this.#store = store;
    this.#env = env;
    this.#host = env.host;
    this.#maxAttempts = env.flags.read(conductorFlags).scheduler_max_attempts;
    this.#scheduler = clientOf(schedulerApi, rpc);
    this.#compute = clientOf(computeApi, rpc);
    this.#schedulerNotifier = novaNotifier(env, "scheduler");
    this.#changes = new StateChanges(env);
    const images = new ImageApi(env);
    this.#rebuilding = new Rebuilding({
      store,
      env,
      scheduler: this.#scheduler,
      compute: this.#compute,
    });
    this.#unshelving = new Unshelving({
      store,
      env,
      images,
      scheduler: this.#scheduler,
      compute: this.#compute,
    });
    this.#moving = {
      store,
      env,
      images,
      scheduler: this.#scheduler,
      compute: this.#compute,
      changes: this.#changes,
      notifier: novaNotifier(env, "compute_task"),
      maxAttempts: this.#maxAttempts,
      services: new DatabaseServiceGroup(store.db, env.flags),
      maxRetries: env.flags.read(conductorFlags).migrate_max_retries,
    };
  }

  /** Find a host for each and send it there. Also the way of a build that a host gave back. */
  *build_instances(ctxt: RequestContext, args: BuildArgs): Op<void> {
    const { image, admin_password, injected_files, security_groups } = args;
    const requested_networks = asNetworkRequests(this.#store, args.requested_networks);
    const [first, ...others] = args.instances;
    if (first === undefined) throw new IndexException("list index out of range");
    const instances = [first, ...others] as const;
    const request_spec = buildRequestSpec(this.#store.db, image, instances);
    let filter_properties = args.filter_properties;
    let destinations: Destination[];
    try {
      // Only a build of one instance is ever given back, so the first speaks for all.
      filter_properties = populateRetry(
        filter_properties,
        this.#maxAttempts,
        first.uuid,
        (message) => {
          this.#env.log("error", message);
        },
      );
      destinations = yield* this.#scheduler.select_destinations(ctxt, {
        request_spec,
        filter_properties,
      });
    } catch (thrown) {
      const error = yield* caught(thrown);
      for (const { uuid } of instances) {
        logSchedulingFailure(this.#env, error);
        yield* setVmStateAndNotify(
          this.#store,
          this.#schedulerNotifier,
          this.#changes,
          ctxt,
          uuid,
          {
            service: "scheduler",
            method: "run_instance",
            updates: { vm_state: ERROR, task_state: null },
            error,
            requestSpec: request_spec,
            host: this.#host,
            caught: SCHEDULING,
          },
        );
      }
      return;
    }
    assertZippable(destinations);
    for (const [at, destination] of destinations.entries()) {
      const instance = instances[at];
      if (instance === undefined || !(yield* this.#stillThere(ctxt, instance))) continue;
      const told = populateFilterProperties(filter_properties, destination);
      const block_device_mapping = yield* getBlockDevices(this.#store, ctxt, instance.uuid);
      yield* this.#compute.prepare({ server: destination.host }).build_and_run_instance(ctxt, {
        instance,
        image,
        request_spec,
        filter_properties: told,
        admin_password,
        injected_files,
        requested_networks,
        security_groups,
        block_device_mapping,
        node: destination.nodename,
        limits: destination.limits,
      });
    }
  }

  /** @throws what keeps it where it is, which is nothing to log; NotImplementedError for what is no move */
  migrate_server(ctxt: RequestContext, args: MoveArgs): Op<null> {
    return expectedExceptions(EXPECTED_OF_MOVES, this.#migrate(ctxt, args));
  }

  *#migrate(ctxt: RequestContext, args: MoveArgs): Op<null> {
    const { instance, scheduler_hint, flavor, live, rebuild, reservations } = args;
    if (live && !rebuild && flavor === null) {
      return yield* liveMigrate(this.#moving, ctxt, {
        instance,
        destination: scheduler_hint.host ?? null,
        blockMigration: args.block_migration === true,
        diskOverCommit: args.disk_over_commit === true,
      });
    }
    if (live || rebuild || flavor === null) throw new NotImplementedException("");
    const { filter_properties: filterProperties = {} } = scheduler_hint;
    const move = { instance, flavor, filterProperties, reservations };
    const moved = coldMigrate(this.#moving, ctxt, move);
    return yield* reportEvent(this.#store, ctxt, "cold_migrate", instance.uuid, moved, MIGRATING);
  }

  rebuild_instance(
    ctxt: RequestContext,
    args: ArgsIn<typeof computeTaskApi, "rebuild_instance">,
  ): Op<void> {
    return this.#rebuilding.run(ctxt, args);
  }

  unshelve_instance(ctxt: RequestContext, { instance }: { instance: Instance }): Op<void> {
    return this.#unshelving.run(ctxt, instance);
  }

  /** Read it again. One that was deleted while it was scheduled is left out without a word. */
  *#stillThere(ctxt: RequestContext, instance: Instance): Op<boolean> {
    try {
      yield* instance.refresh(ctxt);
      return true;
    } catch (error) {
      if (error instanceof InstanceNotFound || error instanceof InstanceInfoCacheNotFound) {
        return false;
      }
      throw error;
    }
  }
}

/** The second argument of `izip`. @throws TypeError if nothing came that has items */
function assertZippable(hosts: unknown): void {
  if (!Array.isArray(hosts)) throw new PythonTypeError("izip argument #2 must support iteration");
}
