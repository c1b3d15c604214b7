/**
 * Puts nova-compute together out of a driver, a network and an image API, whichever they are.
 * `index.ts` says which they are in a deployment. Upstream: nova/cmd/compute.py,
 * nova/virt/driver.py (load_compute_driver).
 */
import { Service, type Process, type Env } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { ImageApi } from "../../image/api.js";
import { objectSerializer } from "../../objects/wire/serializer.js";
import type { DriverParts, HostHardware } from "../../virt/driver-parts.js";
import type { ComputeDriver } from "../../virt/driver.js";
import { FakeDriver } from "../../virt/fake.js";
import { virtFlags } from "../../virt/flags.js";
import type { Hypervisor } from "../../../../hardware/hypervisor.js";
import { LibvirtDriver } from "../../virt/libvirt/driver.js";
import type { VolumeApi } from "../../volume/cinder.js";
import { ComputeHost, type NetworkApi } from "../compute-host.js";
import { ComputeManager } from "../manager.js";
import { computeApi } from "../rpcapi.js";
import { ConductorServiceGroup } from "./service-group.js";

/** The ways to Neutron, Cinder and Glance. */
export interface ComputeApis {
  readonly network: NetworkApi;
  readonly volumes: VolumeApi;
  readonly images: Pick<ImageApi, "get" | "detail" | "download" | "update" | "delete">;
}

export class NovaCompute implements Process {
  readonly #service: Service;
  readonly #hypervisor: Hypervisor;

  constructor(env: Env, hardware: HostHardware, apis: ComputeApis) {
    const compute = new ComputeHost({
      env,
      ...apis,
      driver: (virtApi, store) => loadComputeDriver({ env, ...hardware, ...apis, virtApi, store }),
    });
    this.#hypervisor = hardware.hypervisor;
    this.#service = new Service(env, {
      topic: computeApi.topic,
      manager: new ComputeManager(compute),
      serializer: objectSerializer(compute.store),
      group: new ConductorServiceGroup(compute.store),
    });
  }

  *start(): Op<void> {
    yield* this.#service.start();
  }

  *stop(): Op<void> {
    this.#hypervisor.listen(undefined);
    yield* this.#service.stop();
  }

  /** The guests run on; nobody hears of them until nova-compute is back. */
  crash(): void {
    this.#hypervisor.listen(undefined);
    this.#service.crash();
  }
}

/** The driver that the flag `compute_driver` names. */
function loadComputeDriver(parts: DriverParts): ComputeDriver {
  const { compute_driver } = parts.env.flags.read(virtFlags);
  if (compute_driver === "fake.FakeDriver") return new FakeDriver(parts.hypervisor);
  return new LibvirtDriver(parts);
}
