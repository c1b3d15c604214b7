/** What a hypervisor driver is made of: the host it drives, and whom it can ask. */
import type { Env } from "../../../framework/index.js";
import type { ImageApi } from "../image/api.js";
import type { Hypervisor } from "../../../hardware/hypervisor.js";
import type { IntegrationBridge } from "../../../hardware/integration-bridge.js";
import type { VirtLatency } from "./latency.js";
import type { VirtApi } from "./virt-api.js";

export interface DriverParts {
  readonly env: Env;
  readonly hypervisor: Hypervisor;
  readonly bridge: IntegrationBridge;
  readonly latency: VirtLatency;
  readonly images: Pick<ImageApi, "get" | "download" | "update">;
  readonly virtApi: VirtApi;
}
