/**
 * A message as Nova's code of 2011 wrote it: a dictionary with a method and its arguments. Not the
 * wire form (that is made from this). Upstream: callers of nova/rpc at 2011.3; messaging §D2.
 */

export interface LooseMessage {
  readonly method: string;
  readonly args?: object | undefined;
  /** Left out it counts as 1.0 at the server, as every message did before there were versions. */
  readonly version?: string | undefined;
  /** Nothing of 2011; what a service of Juno may need to be reached. */
  readonly namespace?: string | undefined;
}

/** A notification as the notifiers of the time wrote it: a dictionary, and nobody need hear it. */
export interface LooseNotification {
  readonly publisher_id: string;
  readonly event_type: string;
  /** `INFO`. */
  readonly priority: string;
  readonly payload: object;
}

/** Where another broker is. What is left out is as in the local configuration (RPC-20). */
export interface ServerParams {
  readonly hostname?: string;
}
