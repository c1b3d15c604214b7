/**
 * The driver that only pretends, with upstream's quirks: it takes no time, never looks at the
 * network, uploads nothing, and a guest that was switched off still reports that it runs. Upstream:
 * nova/virt/fake.py (FakeDriver) at 2014.2; nova §8.3.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Micros, Op } from "../../../kernel/index.js";
import type { Instance } from "../objects/instance.js";
import * as powerStates from "../../../hardware/power-states.js";
import type { PowerState } from "../../../hardware/power-states.js";
import type { ComputeDriver, HostResources, SpawnRequest, UpdateTaskState } from "./driver.js";
import type { Hypervisor, LifecycleListener } from "../../../hardware/hypervisor.js";
import type { NetworkInfo } from "./network-info.js";

export class FakeDriver implements ComputeDriver {
  readonly #hypervisor: Hypervisor;

  constructor(hypervisor: Hypervisor) {
    this.#hypervisor = hypervisor;
  }

  registerLifecycleListener(listener: LifecycleListener): void {
    this.#hypervisor.listen(listener);
  }

  *spawn(_ctxt: RequestContext, { instance }: SpawnRequest): Op<void> {
    this.#hypervisor.attempt("spawn");
    this.#hypervisor.define({
      uuid: instance.uuid,
      name: instance.name,
      vcpus: instance.vcpus,
      memory_mb: instance.memory_mb,
      disk_gb: instance.root_gb + instance.ephemeral_gb,
      bytes: 0,
      powerState: powerStates.RUNNING,
    });
  }

  *destroy(_ctxt: RequestContext, { uuid }: Instance): Op<void> {
    this.#hypervisor.attempt("destroy");
    this.#hypervisor.undefine(uuid);
  }

  *powerOff(_instance: Instance, _timeout: Micros): Op<void> {
    this.#hypervisor.attempt("power_off");
  }

  *powerOn(): Op<void> {
    this.#hypervisor.attempt("power_on");
  }

  *snapshot(
    _ctxt: RequestContext,
    _instance: Instance,
    _imageId: string,
    update: UpdateTaskState,
  ): Op<void> {
    this.#hypervisor.attempt("snapshot");
    yield* update("image_uploading");
  }

  *plugVifs(_instance: Instance, _networkInfo: NetworkInfo): Op<void> {
    // There is nothing to plug into.
  }

  powerState({ uuid }: Instance): PowerState | undefined {
    return this.#hypervisor.guest(uuid)?.powerState;
  }

  listInstanceUuids(): readonly string[] {
    return this.#hypervisor.guests.map(({ uuid }) => uuid);
  }

  availableResource(): HostResources {
    return {
      vcpus: 1000,
      memory_mb: 800_000,
      local_gb: 600_000,
      hypervisor_type: "fake",
      hypervisor_version: 1000,
      hypervisor_hostname: this.#hypervisor.host,
      cpu_info: "?",
      disk_available_least: 0,
      supported_instances: '[[null, "fake", null]]',
    };
  }

  memoryOverhead(): number {
    return 0;
  }

  deallocateNetworksOnReschedule(): boolean {
    return false;
  }
}
