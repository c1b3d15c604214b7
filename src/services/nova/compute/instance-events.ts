/**
 * What a build waits for from outside. An event that nobody waits for, or that comes before
 * somebody does, is dropped. Upstream: nova/compute/manager.py (InstanceEvents, ComputeVirtAPI) at
 * 2014.2; nova §1.7.
 */
import { Signal, withTimeout, type Kernel, type Op, type Duration } from "../../../kernel/index.js";
import type { InstanceExternalEvent } from "../objects/external-event.js";
import type { Instance } from "../objects/instance.js";
import type { VirtApi } from "../virt/driver-parts.js";

export class InstanceEvents implements VirtApi {
  readonly #kernel: Kernel;
  /** By instance, then by key. */
  readonly #awaited = new Map<string, Map<string, Signal<InstanceExternalEvent>>>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  *waitForInstanceEvents<T>(
    instance: Instance,
    events: readonly string[],
    options: { readonly deadline: Duration; readonly failed: (event: string) => void },
    op: Op<T>,
  ): Op<T> {
    const signals = events.map((key) => [key, this.#prepare(instance.uuid, key)] as const);
    const result = yield* op;
    const all = waitForAll(signals, options.failed);
    yield* withTimeout(options.deadline, `waiting for events of ${instance.uuid}`, all);
    return result;
  }

  /** `_process_instance_event`: tell who waits for it, if anybody does. */
  deliver(uuid: string, event: InstanceExternalEvent): boolean {
    const awaited = this.#awaited.get(uuid);
    const signal = awaited?.get(event.key);
    if (awaited === undefined || signal === undefined) return false;
    awaited.delete(event.key);
    if (awaited.size === 0) this.#awaited.delete(uuid);
    signal.send(event, this.#kernel.cause);
    return true;
  }

  /** `clear_events_for_instance`: nobody is to wait for that instance any more. @returns their keys */
  clear(uuid: string): readonly string[] {
    const pending = [...(this.#awaited.get(uuid)?.keys() ?? [])];
    this.#awaited.delete(uuid);
    return pending;
  }

  #prepare(uuid: string, key: string): Signal<InstanceExternalEvent> {
    let awaited = this.#awaited.get(uuid);
    if (awaited === undefined) {
      awaited = new Map<string, Signal<InstanceExternalEvent>>();
      this.#awaited.set(uuid, awaited);
    }
    let signal = awaited.get(key);
    if (signal === undefined) awaited.set(key, (signal = new Signal(`event ${key}`)));
    return signal;
  }
}

function* waitForAll(
  signals: readonly (readonly [string, Signal<InstanceExternalEvent>])[],
  failed: (event: string) => void,
): Op<void> {
  for (const [key, signal] of signals) {
    const { status } = yield* signal.wait();
    if (status !== "completed") failed(key);
  }
}
