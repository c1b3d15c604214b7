/**
 * What a service is made of: flags, Service, Manager, periodic tasks, request context, database
 * tables.
 */
export { RequestContext, contextFromWire, type ContextValues } from "./request-context.js";
export { contextSerializer } from "./serializer.js";
export {
  Flags,
  FlagError,
  boolean,
  dict,
  float,
  integer,
  ip,
  list,
  multiString,
  option,
  optionalInteger,
  optionalList,
  optionalString,
  secret,
  string,
  wholeSeconds,
  type Flag,
  type FlagSet,
  type FlagsOf,
  type FlagValue,
  type FlagValues,
} from "./flags/index.js";
export { serviceFlags } from "./process/service-flags.js";
export { Manager } from "./process/manager.js";
export { PeriodicTasks, type PeriodicTask } from "./process/periodic-task.js";
export {
  DynamicLoopingCall,
  FixedIntervalLoopingCall,
  LoopingCallDone,
  type LoopOptions,
} from "./process/looping-call.js";
export {
  Service,
  type ServiceGroup,
  type ServiceHabits,
  type ServiceOptions,
  type ServiceRecord,
} from "./process/service.js";
export {
  createService,
  type ManagerClass,
  type ManagerClasses,
  type ServicePlan,
} from "./process/create-service.js";
export { MemoryCache } from "./memory-cache.js";
export { adminContext } from "./admin-context.js";
export { WsgiService, type WsgiServer, type WsgiServiceOptions } from "./web/wsgi-service.js";
export { serverOf, webService, type WebApplication } from "./web/web-service.js";
export { faults, requestId, shortcut, type Layer } from "./web/layers.js";
export { CatalogReader } from "./web/catalog.js";
export { identified, identityContext } from "./web/context.js";
export {
  checkBody,
  namedFault,
  noSuchAction,
  peekedAction,
  tooLarge,
  withoutFormat,
  type PeekedAction,
} from "./web/wsgi-resource.js";
export { noPolicy, policyMaker, type Policy } from "./web/policy.js";
export { routeMaker, rulesOf, type ApiRoute, type Call, type RoutePolicy } from "./web/route.js";
export { RpcProcess, withRpc, type Work } from "./process/rpc-process.js";
export { type ServedTopic } from "./process/rpc-servers.js";
export { heartbeatAge, serviceDownTime } from "./process/heartbeat.js";
export { baseApi } from "./process/base-rpc.js";
export { Env, actorName, type EnvOptions } from "./process/env.js";
export { type MakeProcess, type Process } from "./process/process.js";
export { FaultException, UpstreamException } from "./errors.js";
export { serve, workerCount } from "./process/launch/launch.js";
export { ServiceLauncher } from "./process/launch/service-launcher.js";
export { ProcessLauncher, type Fork } from "./process/launch/process-launcher.js";
export { matches as extraSpecMatches, type Operator } from "./scheduling/extra-specs-ops.js";
export { mysqlRegexp } from "./database/regexp.js";
export { alike, sameText } from "./database/collation.js";
export { column, nullableColumn, type Columns } from "./database/columns.js";
export { type Conditions } from "./database/conditions.js";
export { STATEMENT_LATENCY, StatementTime } from "./database/statement-time.js";
export { DuplicateEntry, Table, type TableOptions } from "./database/table.js";
export { frozen, type BaseColumns, type Follower, type Row } from "./database/row.js";
export { RowHistory, lastChange } from "./database/row-history.js";
export { storedDate } from "./database/stored-date.js";
export { HASH_ALGORITHMS, cmsSign, cmsSignToken, hashToken, pkizSign } from "./auth-token/cms.js";
export { authToken } from "./auth-token/middleware.js";
export { authTokenFlags, type AuthTokenFlags } from "./auth-token/flags.js";
