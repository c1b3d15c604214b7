/** Messaging: exchanges and queues, RPC call, cast and fanout, notifications. */
export { Bus, type BusOptions } from "./bus.js";
export { Connection, type ConnectionOptions } from "./connection.js";
export { type QueueReport, type QueueStatus } from "./broker/broker.js";
export { type ServerReport } from "./broker/queue.js";
export { Selector, type SubjectsOf } from "./broker/selector.js";
export {
  call,
  cast,
  tell,
  defineRpcApi,
  type Aim,
  type ArgsIn,
  type ArgsOf,
  type ClientOf,
  type ResultOf,
  type RpcApi,
  type Serves,
} from "./contract.js";
export { ReplyStream } from "./rpc/reply.js";
export { clientOf } from "./client-of.js";
export { RpcClient, type CallTarget, type Outgoing } from "./rpc/client.js";
export { RpcServer, type RpcServerOptions } from "./rpc/server.js";
export { endpoint, type Endpoint } from "./rpc/dispatcher.js";
export {
  bind,
  otherwise,
  required,
  type Binding,
  type Parameter,
  type Takes,
} from "./signature.js";
export { expectedExceptions } from "./rpc/expected.js";
export {
  HANDLED,
  NotificationListener,
  REQUEUE,
  type EventHandler,
  type EventMetadata,
  type NotificationEndpoint,
  type NotificationListenerOptions,
} from "./notify/listener.js";
export { wireMessage } from "./envelope.js";
export type { Consumption, Departure, ProcessLink, Tap } from "./tap.js";
export { Notifier, type NotifierOptions, type Priority } from "./notify/notifier.js";
export { type Serializer } from "./rpc/serializer.js";
export { type Target } from "./target.js";
export { versionIsCompatible } from "./rpc/version.js";
export { originalMessage, type AllowedModules, type ExceptionModule } from "./rpc/failure.js";
export {
  InvalidTarget,
  MessageDeliveryFailure,
  MessagingException,
  MessagingTimeout,
  NoSuchMethod,
  RemoteError,
  UnsupportedVersion,
} from "./errors.js";
