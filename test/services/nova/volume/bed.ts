/** nova-computes, a conductor, and a Cinder that does as it is told; servers whose disks are volumes. */
import type { BlockDeviceMappingRow } from "../../../../src/services/nova/db/schema.js";
import type { Instance } from "../../../../src/services/nova/objects/instance.js";
import { seconds } from "../../../../src/kernel/index.js";
import { ComputeBed, type Host } from "../compute/bed.js";
import { IMAGE, uuid } from "../bed.js";
import { AT_FAKE, FakeCinder, VOLUME } from "./fake-cinder.js";

const DISK: BlockDeviceMappingRow = {
  instance_uuid: uuid(1),
  source_type: "volume",
  destination_type: "volume",
  guest_format: null,
  device_type: null,
  disk_bus: null,
  boot_index: 0,
  device_name: "/dev/vda",
  delete_on_termination: false,
  snapshot_id: null,
  volume_id: VOLUME,
  volume_size: null,
  image_id: null,
  no_device: null,
  connection_info: null,
};

export class VolumeBed extends ComputeBed {
  readonly cinder: FakeCinder;
  readonly c1: Host;

  constructor(flags = {}) {
    super({ ...AT_FAKE, ...flags });
    this.cinder = new FakeCinder(this);
    this.c1 = this.startCompute("c1");
    this.forget();
  }

  /** A disk of server 1 that is a volume or will be one. */
  disk(values: Partial<BlockDeviceMappingRow> = {}): void {
    this.db.block_device_mapping.insert({ ...DISK, ...values });
  }

  /** Server 1 as the API leaves it, without an image, with these disks. */
  volumeBacked(...disks: readonly Partial<BlockDeviceMappingRow>[]): Instance {
    const instance = this.instance(1, { image_ref: "" });
    for (const disk of disks) this.disk(disk);
    this.action(instance.uuid, "create");
    return instance;
  }

  /** Build server 1 from these disks, and see what comes of it. */
  built(...disks: readonly Partial<BlockDeviceMappingRow>[]): void {
    this.build(this.volumeBacked(...disks), { retry: { num_attempts: 1, hosts: [["c1", "c1"]] } });
    this.wait(seconds(400));
  }

  /** Server 1, active on c1 from an image. */
  active(): Instance {
    this.build(this.server(1, { image_ref: IMAGE }));
    this.settle();
    this.forget();
    this.cinder.asked.length = 0;
    return this.reload();
  }

  /** What was asked of Cinder since. */
  asked(): string[] {
    return this.cinder.asked.splice(0);
  }

  rows(): { volume_id: string | null; device_name: string | null }[] {
    return this.db.block_device_mapping
      .find({ instance_uuid: uuid(1) })
      .filter(({ destination_type }) => destination_type === "volume")
      .map(({ volume_id, device_name }) => ({ volume_id, device_name }));
  }
}
