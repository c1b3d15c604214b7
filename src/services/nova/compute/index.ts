/**
 * nova-compute: looks after the servers of one host. It has no database; it reaches it through the
 * conductor. Upstream: nova/cmd/compute.py at 2014.2.
 */
import { serve, type Process, type Env } from "../../../framework/index.js";
import { ImageApi } from "../image/api.js";
import { NeutronV2Api } from "../network-api/neutronv2/api.js";
import { VolumeApi } from "../volume/cinder.js";
import type { HostHardware } from "../virt/driver-parts.js";
import { NovaCompute } from "./start/service.js";

/** A nova-compute that has yet to be started. */
export function novaCompute(env: Env, hardware: HostHardware): Process {
  return serve(env, (around) => {
    const network = new NeutronV2Api(around);
    const [images, volumes] = [new ImageApi(around), new VolumeApi(around)];
    return new NovaCompute(around, hardware, { network, images, volumes });
  });
}
