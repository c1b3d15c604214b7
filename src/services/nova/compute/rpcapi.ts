/** The contract of topic `compute`. Upstream: nova/compute/rpcapi.py (3.35) at 2014.2; nova §3.8. */
import { cast, defineRpcApi } from "../../../bus/index.js";
import type { InjectedFile } from "../conductor/rpcapi.js";
import type { ImageMeta, ImageOnWire } from "../image/image-meta.js";
import type { BlockDeviceMappingList } from "../objects/block-device-mapping.js";
import type { InstanceExternalEvent } from "../objects/external-event.js";
import type { Instance } from "../objects/instance.js";
import type { NetworkRequestList } from "../objects/network-request.js";
import type { FilterProperties, Limits, RequestSpec } from "../scheduler/rpcapi.js";

/** All are casts: nobody waits for a host. */
export const computeApi = defineRpcApi({
  topic: "compute",
  version: "3.35",
  methods: {
    build_and_run_instance: cast<{
      instance: Instance;
      image: ImageOnWire;
      request_spec: RequestSpec;
      filter_properties: FilterProperties;
      admin_password: string | null;
      injected_files: readonly InjectedFile[];
      requested_networks: NetworkRequestList | null;
      security_groups: readonly string[];
      block_device_mapping: BlockDeviceMappingList;
      node: string;
      limits: Limits;
    }>("3.33"),
    terminate_instance: cast<{
      instance: Instance;
      bdms: BlockDeviceMappingList;
      reservations: readonly string[];
    }>("3.22"),
    start_instance: cast<{ instance: Instance }>("3.0"),
    stop_instance: cast<{ instance: Instance }>("3.0"),
    shelve_instance: cast<{ instance: Instance; image_id: string }>("3.0"),
    shelve_offload_instance: cast<{ instance: Instance }>("3.0"),
    unshelve_instance: cast<{
      instance: Instance;
      /** null for a volume-backed server, or when the image is gone. */
      image: ImageMeta | null;
      filter_properties: FilterProperties;
      node: string;
    }>("3.15"),
    external_instance_event: cast<{
      instances: readonly Instance[];
      events: readonly InstanceExternalEvent[];
    }>("3.23"),
  },
});
