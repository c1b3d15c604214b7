/** RPC in the words of 2011, over the bus of today. */
export { LooseRpc, type LooseRpcOptions } from "./loose-rpc.js";
export { type LooseMessage, type LooseNotification, type ServerParams } from "./message.js";
export { Multicall, type Next } from "./multicall.js";
