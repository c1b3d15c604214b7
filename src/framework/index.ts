/**
 * What a service is made of: flags, Service, Manager, periodic tasks, request context, database
 * tables.
 */
export { RequestContext, contextFromWire, type ContextValues } from "./request-context.js";
export { contextSerializer } from "./serializer.js";
export {
  ConfigOpts,
  Flags,
  FlagError,
  Gflags,
  boolean,
  dict,
  float,
  integer,
  ip,
  list,
  multiString,
  option,
  optionalString,
  secret,
  string,
  type Flag,
  type FlagSet,
  type FlagsOf,
  type FlagValue,
  type FlagValues,
} from "./flags/index.js";
export { serviceFlags } from "./service-flags.js";
export { Manager } from "./manager.js";
export { type PeriodicTask } from "./periodic-task.js";
export {
  DynamicLoopingCall,
  FixedIntervalLoopingCall,
  LoopingCallDone,
  type LoopOptions,
} from "./looping-call.js";
export { Service, type ServiceGroup, type ServiceOptions, type ServiceRecord } from "./service.js";
export {
  createService,
  type ManagerClass,
  type ManagerClasses,
  type ServicePlan,
} from "./create-service.js";
export { WsgiService, type WsgiServiceOptions } from "./wsgi-service.js";
export { BaseRpc, baseApi } from "./base-rpc.js";
export {
  RuntimeException,
  Env,
  actorName,
  type MakeProcess,
  type Process,
  type EnvOptions,
} from "./process/env.js";
export { InvalidInput, serve, workerCount } from "./launch.js";
export { ServiceLauncher } from "./service-launcher.js";
export { ProcessLauncher, type Fork } from "./process-launcher.js";
export { type Conditions } from "./conditions.js";
export { DuplicateEntry, Table, type TableOptions } from "./table.js";
export { type BaseColumns, type Follower, type Row } from "./row.js";
export { authToken, type AuthTokenOptions } from "./auth-token.js";
export { authTokenFlags } from "./auth-token-flags.js";
