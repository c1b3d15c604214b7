/** The contract of topic `scheduler`. Upstream: nova/scheduler/rpcapi.py (3.0) at 2014.2. */
import { call, defineRpcApi, required } from "../../../bus/index.js";
import {
  anything,
  dictLike,
  isMapping,
  objectLike,
  optional,
  type JsonObject,
} from "../../../python/index.js";
import type { ImageOnWire } from "../image/image-meta.js";
import type { InheritedImage } from "../image/system-metadata.js";

/** A flavor as plain data inside requests. */
export interface InstanceType {
  readonly id: number;
  readonly name: string;
  readonly flavorid: string;
  readonly memory_mb: number;
  readonly vcpus: number;
  readonly root_gb: number;
  readonly ephemeral_gb: number;
  readonly swap: number;
  readonly rxtx_factor: number;
  readonly vcpu_weight: number | null;
  /** Read anew from the flavor at each scheduling. */
  readonly extra_specs?: Readonly<Record<string, string>>;
}

/** The whole row of a flavor, which a request to build carries. */
export interface InstanceTypeRow extends InstanceType {
  readonly disabled: boolean;
  readonly is_public: boolean;
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
  readonly deleted: number;
}

/** What is to be scheduled (nova §1.5). */
export interface RequestSpec {
  /** Of a server that is moved what it remembers of it; of one that is made anew the id alone. */
  readonly image: ImageOnWire | InheritedImage | string;
  /** The first instance, as plain data. */
  readonly instance_properties: JsonObject;
  readonly instance_type: InstanceType;
  readonly num_instances: number;
  readonly instance_uuids: readonly string[];
}

/** Where it has been tried. */
export interface Retry {
  readonly num_attempts: number;
  /** `[host, node]` pairs. */
  readonly hosts: readonly (readonly [string, string])[];
  /** The last failure, formatted. */
  readonly exc?: readonly string[];
}

/** What a host promised; a missing limit is no limit. */
export interface Limits {
  readonly memory_mb?: number;
  readonly disk_gb?: number;
  readonly vcpu?: number;
}

export interface FilterProperties {
  /** Whatever the user put there. */
  readonly scheduler_hints?: JsonObject;
  readonly instance_type?: InstanceType | InstanceTypeRow;
  readonly force_hosts?: readonly string[];
  readonly force_nodes?: readonly string[];
  readonly ignore_hosts?: readonly (string | null)[];
  readonly retry?: Retry;
  readonly limits?: Limits;
  readonly group_hosts?: readonly string[];
  readonly group_policies?: readonly string[];
}

export interface Destination {
  readonly host: string;
  readonly nodename: string;
  readonly limits: Limits;
}

export const schedulerApi = defineRpcApi({
  topic: "scheduler",
  version: "3.0",
  methods: {
    select_destinations: call<
      { request_spec: RequestSpec; filter_properties: FilterProperties },
      Destination[]
    >(undefined, {
      request_spec: required(
        dictLike(
          { num_instances: anything, instance_properties: dictLike() },
          { instance_type: optional(dictLike()), image: objectLike(isMapping, "get") },
        ),
      ),
      filter_properties: required(dictLike()),
    }),
  },
});
