/**
 * Making a server anew: on the host that it is on or, where it has none any more, on one that the
 * scheduler finds. Upstream: nova/conductor/manager.py (rebuild_instance) at 2014.2; nova-actions NOV-235.
 */
import type { ArgsIn, ClientOf } from "../../../bus/index.js";
import type { Env, RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { subscript, type Frame } from "../../../python/index.js";
import type { computeApi } from "../compute/rpcapi.js";
import type { DirectStore } from "../db/store/object-store.js";
import { reportEvent } from "../event-reporter.js";
import { NoValidHost } from "../exception.js";
import { novaNotifier } from "../notifications.js";
import type { Instance } from "../objects/instance.js";
import type { Destination, RequestSpec, schedulerApi } from "../scheduler/rpcapi.js";
import { StateChanges } from "../states/state-changes.js";
import { buildRequestSpec } from "./request-spec.js";
import type { computeTaskApi } from "./rpcapi.js";
import { setVmStateAndNotify } from "./scheduling-failure.js";

type Args = ArgsIn<typeof computeTaskApi, "rebuild_instance">;

export interface RebuildingOptions {
  readonly store: DirectStore;
  readonly env: Env;
  readonly scheduler: ClientOf<typeof schedulerApi, RequestContext>;
  readonly compute: ClientOf<typeof computeApi, RequestContext>;
}

const inRebuild = (line: number, code: string): Frame => ({
  file: "nova/conductor/manager.py",
  line,
  name: "rebuild_instance",
  code,
});

const SCHEDULING = [inRebuild(737, "filter_properties)")];

const IN_EVENT: readonly Frame[] = [
  inRebuild(746, "instance=instance)"),
  {
    file: "nova/openstack/common/excutils.py",
    line: 82,
    name: "__exit__",
    code: "six.reraise(self.type_, self.value, self.tb)",
  },
  ...SCHEDULING,
];

export class Rebuilding {
  readonly #options: RebuildingOptions;

  constructor(options: RebuildingOptions) {
    this.#options = options;
  }

  /** @throws NoValidHost */
  *run(ctxt: RequestContext, args: Args): Op<void> {
    const { store } = this.#options;
    const { uuid } = args.instance;
    const rebuild = this.#rebuild(ctxt, args);
    yield* reportEvent(store, ctxt, "rebuild_server", uuid, rebuild, IN_EVENT);
  }

  *#rebuild(ctxt: RequestContext, { host, ...request }: Args): Op<void> {
    const chosen = host === null || host === "" ? yield* this.#schedule(ctxt, request) : host;
    yield* this.#options.compute.prepare({ server: chosen }).rebuild_instance(ctxt, request);
  }

  /** The image is told by its id alone, which filters that read its properties do not survive. */
  *#schedule(ctxt: RequestContext, { instance, image_ref }: Omit<Args, "host">): Op<string> {
    const { store, scheduler } = this.#options;
    const filter_properties = { ignore_hosts: [instance.host] };
    const request_spec = buildRequestSpec(store.db, image_ref, [instance]);
    try {
      const hosts = yield* scheduler.select_destinations(ctxt, { request_spec, filter_properties });
      return (subscript(hosts, 0) as Destination).host;
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof NoValidHost) yield* this.#noHost(ctxt, instance, error, request_spec);
      throw error;
    }
  }

  *#noHost(
    ctxt: RequestContext,
    { uuid, vm_state }: Instance,
    error: NoValidHost,
    requestSpec: RequestSpec,
  ): Op<void> {
    const { store, env } = this.#options;
    env.log("warning", `Failed to compute_task_rebuild_server: ${error.message}`);
    env.log("warning", `Setting instance to ${vm_state.toUpperCase()} state.`);
    const notifier = novaNotifier(env, "compute_task");
    yield* setVmStateAndNotify(store, notifier, new StateChanges(env), ctxt, uuid, {
      service: "compute_task",
      method: "rebuild_server",
      updates: { vm_state, task_state: null },
      error,
      requestSpec,
      host: env.host,
      caught: SCHEDULING,
    });
    env.log("warning", "No valid host found for rebuild");
  }
}
