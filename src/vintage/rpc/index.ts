/** RPC in the words of 2011, and what other releases than Juno knew, over the bus of today. */
export { LooseRpc, type LooseRpcOptions } from "./loose-rpc.js";
export { type LooseMessage, type LooseNotification, type ServerParams } from "./message.js";
export { type Multicall, type Next } from "./multicall.js";
export { Values, yields } from "./values.js";
export { CappedClient, RPCVersionCapError } from "./capped-client.js";
export { CastAsCallClient } from "./cast-as-call-client.js";
export { MandatoryClient, MessageUndeliverable } from "./mandatory-client.js";
