/** The verbs and flags of 2011 to 2014 over today's: nova.rpc, python-gflags, oslo.config's registry. */
export { ConfigOpts, type GroupView, type ParseOptions } from "./flags/registry.js";
export { Gflags } from "./flags/gflags.js";
export {
  CappedClient,
  CastAsCallClient,
  LooseRpc,
  MandatoryClient,
  MessageUndeliverable,
  RPCVersionCapError,
  Values,
  yields,
  type LooseMessage,
  type LooseNotification,
  type LooseRpcOptions,
  type Multicall,
  type Next,
  type ServerParams,
} from "./rpc/index.js";
