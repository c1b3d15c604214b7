/**
 * Puts nova-compute together out of a driver, a network and an image API, whichever they are.
 * `index.ts` says which they are in a deployment. Upstream: nova/cmd/compute.py.
 */
import { Service, type Process, type Env } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { ImageApi } from "../../image/api.js";
import { objectSerializer } from "../../objects/serializer.js";
import type { Hypervisor } from "../../../../hardware/hypervisor.js";
import type { IntegrationBridge } from "../../../../hardware/integration-bridge.js";
import type { VirtLatency } from "../../virt/latency.js";
import { loadComputeDriver } from "../../virt/load-driver.js";
import { Compute } from "../host.js";
import { ComputeManager } from "../manager.js";
import type { NetworkApi } from "../network-api.js";
import { computeApi } from "../rpcapi.js";
import { ConductorServiceGroup } from "./service-group.js";

/** The host that nova-compute looks after, and how long it takes over things. */
export interface ComputeHost {
  readonly hypervisor: Hypervisor;
  readonly bridge: IntegrationBridge;
  readonly latency: VirtLatency;
}

/** The ways to Neutron and Glance. */
export interface ComputeApis {
  readonly network: NetworkApi;
  readonly images: Pick<ImageApi, "get" | "download" | "update" | "delete">;
}

export class NovaCompute implements Process {
  readonly #service: Service;
  readonly #hypervisor: Hypervisor;

  constructor(env: Env, host: ComputeHost, apis: ComputeApis) {
    const compute = new Compute({
      env,
      ...apis,
      driver: (virtApi) => loadComputeDriver({ env, ...host, images: apis.images, virtApi }),
    });
    this.#hypervisor = host.hypervisor;
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
