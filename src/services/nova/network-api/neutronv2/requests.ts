/** What the callers of the network API hand over: the parts of Nova's objects that it looks at. */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";

/** A network that a user asked for. `network_id` is filled in for a port. */
export interface NetworkRequest {
  network_id: string | null;
  readonly address: string | null;
  readonly port_id: string | null;
}

export interface NetworkRequests {
  readonly objects: readonly NetworkRequest[];
}

/** The server whose network it is about. */
export interface NetworkedInstance {
  readonly uuid: string;
  readonly project_id: string | null;
  readonly availability_zone: string | null;
  readonly info_cache: {
    network_info: readonly JsonObject[];
    save(ctxt: RequestContext): Op<void>;
  };
  /** To be done before `info_cache` is read by whom a look-up may not have brought it. */
  loadInfoCache(ctxt: RequestContext): Op<void>;
}

export const requestsOf = (requested: NetworkRequests | null): readonly NetworkRequest[] =>
  requested?.objects ?? [];

/** `NetworkRequestList.is_single_unspecified`: one request that says nothing. */
export const isUnspecified = (requests: readonly NetworkRequest[]): boolean =>
  requests.length === 0 ||
  (requests.length === 1 &&
    requests[0]?.network_id === null &&
    requests[0].address === null &&
    requests[0].port_id === null);
