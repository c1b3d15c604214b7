/**
 * Reads the network of one server a tick anew, so that each is healed in the end. Upstream:
 * _heal_instance_info_cache; nova §8.2.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { InstanceNotFound } from "../../exception.js";
import {
  getInstance,
  getInstancesByHost,
  loadField,
  type Instance,
} from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";

export class InfoCacheHealer {
  readonly #compute: ComputeHost;
  #left: string[] = [];

  constructor(compute: ComputeHost) {
    this.#compute = compute;
  }

  *heal(ctxt: RequestContext): Op<void> {
    const { network, log, flags } = this.#scope();
    if (flags.heal_instance_info_cache_interval === 0) return;
    const instance = yield* this.#next(ctxt);
    if (instance === undefined) return;
    try {
      // A list has brought neither: `hasattr` loads the one, and the network the other where it reads it.
      if (instance.lacks("info_cache")) yield* loadField(instance, ctxt, "system_metadata");
      yield* network.get_instance_nw_info(ctxt, instance);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const text = originalMessage(error);
      log("error", `An error occurred while refreshing the network cache: ${text}`);
    }
  }

  *#next(ctxt: RequestContext): Op<Instance | undefined> {
    const { store, host } = this.#compute;
    if (this.#left.length === 0) {
      const all = yield* getInstancesByHost(store, ctxt, host, {
        expected_attrs: [],
        use_slave: true,
      });
      const [first, ...others] = all.filter(
        ({ vm_state, task_state }) =>
          vm_state !== vmStates.BUILDING && task_state !== taskStates.DELETING,
      );
      this.#left = others.map(({ uuid }) => uuid);
      return first;
    }
    for (let uuid = this.#left.shift(); uuid !== undefined; uuid = this.#left.shift()) {
      const instance = yield* this.#find(ctxt, uuid);
      if (instance?.host === host && instance.task_state !== taskStates.DELETING) return instance;
    }
    return undefined;
  }

  *#find(ctxt: RequestContext, uuid: string): Op<Instance | undefined> {
    try {
      return yield* getInstance(this.#compute.store, ctxt, uuid, {
        expected_attrs: ["system_metadata", "info_cache"],
        use_slave: true,
      });
    } catch (error) {
      if (error instanceof InstanceNotFound) return undefined;
      throw error;
    }
  }

  #scope() {
    const compute = this.#compute;
    const { network, flags } = compute;
    const log: ComputeHost["log"] = (level, message) => {
      compute.log(level, message);
    };
    return { network, flags, log };
  }
}
