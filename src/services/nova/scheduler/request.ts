/**
 * One request for destinations as filters and weighers see it. Upstream it is the dictionary
 * `filter_properties`, to which the scheduler adds its own keys.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { FilterProperties, InstanceType, RequestSpec } from "./rpcapi.js";

export interface SchedulingRequest {
  /** Who asks. */
  readonly context: RequestContext;
  readonly requestSpec: RequestSpec;
  readonly instanceType: InstanceType;
  readonly filterProperties: FilterProperties;
  /** Hosts of the server group, and those picked in this request; undefined outside groups. */
  readonly groupHosts: Set<string> | undefined;
  readonly groupPolicies: readonly string[];
}
