/**
 * Bringing a shelved server back: starting it where it is, or finding it a new host. What upstream
 * forgets is forgotten here: the keys that say what was shelved go as soon as the cast is out, and
 * an unforeseen error leaves the task state as it is. Upstream: nova/conductor/manager.py
 * (unshelve_instance) at 2014.2; nova §2.4.
 */
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext, Env } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { type Frame, subscript } from "../../../python/index.js";
import { computeHost, type computeApi } from "../compute/rpcapi.js";
import type { DirectStore } from "../db/store/object-store.js";
import { reportEvent } from "../event-reporter.js";
import { ImageNotFound, NoValidHost, UnshelveException } from "../exception.js";
import type { ImageApi } from "../image/api.js";
import type { ImageMeta } from "../image/image-meta.js";
import type { Instance } from "../objects/instance.js";
import type { Destination, schedulerApi } from "../scheduler/rpcapi.js";
import { POWERING_ON, UNSHELVING } from "../states/task-states.js";
import { ERROR, SHELVED, SHELVED_OFFLOADED } from "../states/vm-states.js";
import { buildRequestSpec, populateFilterProperties } from "./request-spec.js";

export interface UnshelvingOptions {
  readonly store: DirectStore;
  readonly env: Env;
  readonly images: ImageApi;
  readonly scheduler: ClientOf<typeof schedulerApi, RequestContext>;
  readonly compute: ClientOf<typeof computeApi, RequestContext>;
}

/** What shelving wrote into system_metadata. */
const SHELVED_KEYS = new Set(["shelved_at", "shelved_image_id", "shelved_host"]);

const inUnshelve = (line: number, code: string): Frame => ({
  file: "nova/conductor/manager.py",
  line,
  name: "unshelve_instance",
  code,
});

const SCHEDULING: readonly Frame[] = [
  inUnshelve(693, "instance)"),
  {
    file: "nova/conductor/manager.py",
    line: 655,
    name: "_schedule_instances",
    code: "request_spec, filter_properties)",
  },
];

export class Unshelving {
  readonly #options: UnshelvingOptions;

  constructor(options: UnshelvingOptions) {
    this.#options = options;
  }

  /** @throws UnshelveException if its image is gone */
  *run(ctxt: RequestContext, instance: Instance): Op<void> {
    const imageId = instance.system_metadata["shelved_image_id"] ?? "";
    switch (instance.vm_state) {
      case SHELVED:
        yield* this.#start(ctxt, instance, imageId);
        break;
      case SHELVED_OFFLOADED: {
        const image = yield* this.#getImage(ctxt, instance, imageId);
        if (!(yield* this.#rebuildSomewhere(ctxt, instance, image))) return;
        break;
      }
      default:
        this.#options.env.log(
          "error",
          `Unshelve attempted but vm_state not SHELVED or SHELVED_OFFLOADED (${instance.uuid})`,
        );
        instance.vm_state = ERROR;
        yield* instance.save(ctxt);
        return;
    }
    const kept = Object.entries(instance.system_metadata).filter(([key]) => !SHELVED_KEYS.has(key));
    instance.system_metadata = Object.fromEntries(kept);
    yield* instance.save(ctxt);
  }

  /** Its disk never left the host: start it there, and do away with the image. */
  *#start(ctxt: RequestContext, instance: Instance, imageId: string): Op<void> {
    const { compute, images } = this.#options;
    instance.task_state = POWERING_ON;
    yield* instance.save(ctxt, { expected_task_state: UNSHELVING });
    yield* compute.prepare({ server: computeHost(instance) }).start_instance(ctxt, { instance });
    if (imageId !== "") yield* images.delete(ctxt, imageId);
  }

  /** @throws UnshelveException if the image is gone; the server is then in error for good */
  *#getImage(ctxt: RequestContext, instance: Instance, imageId: string): Op<ImageMeta | null> {
    const { store } = this.#options;
    const look = this.#lookAtImage(ctxt, instance, imageId);
    return yield* reportEvent(store, ctxt, "get_image_info", instance.uuid, look, [
      inUnshelve(685, "instance_id=instance.uuid, reason=reason)"),
    ]);
  }

  /** A volume-backed server has no image, which is looked for as an event all the same (LP 1404801). */
  *#lookAtImage(ctxt: RequestContext, instance: Instance, imageId: string): Op<ImageMeta | null> {
    if (imageId === "") return null;
    try {
      return yield* this.#options.images.get(ctxt, imageId);
    } catch (error) {
      if (!(error instanceof ImageNotFound)) throw error;
      instance.vm_state = ERROR;
      yield* instance.save(ctxt);
      const reason = `Unshelve attempted but the image ${imageId} cannot be found.`;
      this.#options.env.log("error", `${reason} (${instance.uuid})`);
      throw new UnshelveException({ instance_id: instance.uuid, reason });
    }
  }

  /** @returns false if there is no host for it, and it stays as it was */
  *#rebuildSomewhere(
    ctxt: RequestContext,
    instance: Instance,
    image: ImageMeta | null,
  ): Op<boolean> {
    const { store, env } = this.#options;
    const schedule = this.#schedule(ctxt, instance, image);
    try {
      yield* reportEvent(store, ctxt, "schedule_instances", instance.uuid, schedule, SCHEDULING);
      return true;
    } catch (error) {
      if (!(error instanceof NoValidHost)) throw error;
      instance.task_state = null;
      yield* instance.save(ctxt);
      env.log("warning", `No valid host found for unshelve instance (${instance.uuid})`);
      return false;
    }
  }

  *#schedule(ctxt: RequestContext, instance: Instance, image: ImageMeta | null): Op<void> {
    const { store, scheduler, compute } = this.#options;
    const request_spec = buildRequestSpec(store.db, image, [instance]);
    // Nothing is preferred, not even the host it came from.
    const hosts = yield* scheduler.select_destinations(ctxt, {
      request_spec,
      filter_properties: {},
    });
    const destination = subscript(hosts, 0) as Destination;
    const filter_properties = populateFilterProperties({}, destination);
    yield* compute.prepare({ server: destination.host }).unshelve_instance(ctxt, {
      instance,
      image,
      filter_properties,
      node: destination.nodename,
    });
  }
}
