/** Every object that can be on Nova's wire, by name. Upstream: NovaObjectMetaclass. */
import { ObjectRegistry } from "./base.js";
import { BlockDeviceMapping } from "./block-device-mapping.js";
import { Flavor } from "./flavor.js";
import { Instance } from "./instance.js";
import { InstanceFault } from "./instance-fault.js";
import { InstanceGroup } from "./instance-group.js";
import { InstanceInfoCache } from "./instance-info-cache.js";
import { InstancePCIRequests } from "./instance-pci-requests.js";
import { NetworkRequest, NetworkRequestList } from "./network-request.js";
import { Quotas } from "./quotas.js";

export const novaObjects = new ObjectRegistry({
  BlockDeviceMapping,
  Flavor,
  Instance,
  InstanceFault,
  InstanceGroup,
  InstanceInfoCache,
  InstancePCIRequests,
  NetworkRequest,
  NetworkRequestList,
  Quotas,
});
