/** An operation of a volume host's LVM driver that fails or takes long. Upstream: cinder/volume/drivers/lvm.py. */
import { STORAGE_OPERATIONS, VolumeGroup } from "../../../hardware/volume-group.js";
import { operationVerb, type OperationAim } from "./operation-verb.js";

/** An operation of a volume host's driver fails, or takes longer: `{ volume_driver: "create_volume" }`. */
export interface VolumeDriverFaultSpec extends OperationAim {
  /** `create_volume`, `delete_volume`, `create_export` ... */
  readonly volume_driver: string;
}

export const volumeDriver = operationVerb({
  key: "volume_driver",
  hardware: VolumeGroup,
  operations: STORAGE_OPERATIONS,
  whose: "volume host",
  prefix: "volume driver: ",
});
