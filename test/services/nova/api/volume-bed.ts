/** nova-api with a Cinder that does as it is told, and a host c1 with a conductor behind it. */
import { Hypervisor } from "../../../../src/hardware/hypervisor.js";
import { GuestFiles } from "../../../../src/hardware/guest-files.js";
import { IntegrationBridge } from "../../../../src/hardware/integration-bridge.js";
import { NovaCompute } from "../../../../src/services/nova/compute/start/service.js";
import { novaConductor } from "../../../../src/services/nova/conductor/index.js";
import { VolumeApi } from "../../../../src/services/nova/volume/cinder.js";
import { FakeImages } from "../compute/fake-images.js";
import { FakeNetwork } from "../compute/fake-network.js";
import { LATENCY } from "../compute/bed.js";
import { AT_FAKE, FakeCinder } from "../volume/fake-cinder.js";
import { ApiBed } from "./bed.js";

export class VolumeApiBed extends ApiBed {
  readonly cinder: FakeCinder;
  readonly hypervisor = new Hypervisor("c1");

  constructor(flags = {}) {
    super({ ...AT_FAKE, ...flags });
    this.cinder = new FakeCinder(this);
    this.start(novaConductor(this.nova("nova-conductor"), this.db));
    const env = this.nova("nova-compute", "c1");
    const [images, volumes] = [new FakeImages(), new VolumeApi(env)];
    const hardware = {
      hypervisor: this.hypervisor,
      bridge: new IntegrationBridge("c1"),
      files: new GuestFiles(),
      latency: LATENCY,
    };
    const apis = { network: new FakeNetwork("c1"), images, volumes };
    this.start(new NovaCompute(env, hardware, apis));
    this.forget();
  }

  /** An active server of demo with a guest on c1, whose root disk has a name. */
  guest(values = {}): string {
    const id = this.active({ root_device_name: "/dev/vda", ...values });
    this.hypervisor.define({
      uuid: id,
      name: "instance-00000001",
      vcpus: 1,
      memory_mb: 512,
      disk_gb: 1,
      bytes: 0,
      powerState: 1,
    });
    this.cinder.asked.length = 0;
    return id;
  }
}
