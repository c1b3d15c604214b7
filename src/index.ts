/**
 * novasim as a library: a deterministic, in-memory OpenStack control plane of release Juno. What is
 * listed here is the public surface, held by the report in `docs/api.md`; nothing else is.
 *
 * @example
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, computes: 3 });
 * const demo = cloud.user("demo");
 * cloud.run(demo.nova.boot({ name: "t3", flavor: "m1.nano", image: "cirros", networks: ["private"] }));
 * cloud.settle();
 * console.log(cloud.server("t3")?.status); // ACTIVE
 */

// A whole cloud, driven synchronously.
export { Cloud, type CloudSetup } from "./cloud/cloud.js";
export { CloudError } from "./cloud/errors.js";
export type { CloudOperating } from "./cloud/driving/cloud-operating.js";
export type { CloudDriving } from "./cloud/driving/cloud-driving.js";
export type { CloudUsers } from "./cloud/driving/cloud-users.js";
export { ConditionError } from "./cloud/driving/errors.js";
export type { DurationText } from "./cloud/driving/checks.js";
export type { OwnActor } from "./cloud/driving/own-actor.js";
export type { FaultHandle } from "./cloud/faults/fault-handle.js";
export type { ForkOptions, Snapshot } from "./cloud/replay/snapshot.js";
export type {
  CloudOptions,
  ComputeOptions,
  FlavorOptions,
  ImageOptions,
  Latency,
  NetworkOptions,
  OptionalService,
  UserOptions,
} from "./cloud/options/options.js";
export type { FlagOptions } from "./cloud/flags/types.js";
export type { AddOptions, OwnProject, OwnService } from "./cloud/add.js";
export type { ApiUser } from "./cloud/users/api-user.js";
export type { User } from "./cloud/users/user.js";
export type { DriverFaultSpec, FaultSpec, VolumeDriverFaultSpec } from "./faults/index.js";

// What is in it at an instant.
export type { CloudReading } from "./cloud/reading/cloud-reading.js";
export type { ComputeReading } from "./cloud/reading/compute-reading.js";
export type { StoredReading } from "./cloud/reading/stored-reading.js";
export type { GuestState, NodeState, QuotaState } from "./cloud/reading/compute-states.js";
export type { Filter } from "./cloud/reading/query.js";
export type { PoolState, QueueState } from "./cloud/reading/bus-states.js";
export type {
  FloatingIpState,
  NetworkState,
  PortState,
  RouterState,
} from "./cloud/reading/network-states.js";
export type { AlarmState, DatabaseState, StackState } from "./cloud/reading/platform-states.js";
export type { ImageState, VolumeState } from "./cloud/reading/storage-states.js";
export type { ServerState } from "./cloud/reading/server-state.js";

// What users do: command lines, and the calls behind them, a client for each service.
export { ServiceClients } from "./clients/index.js";
export type {
  BootOptions,
  CeilometerAlarm,
  CeilometerApi,
  CeilometerCondition,
  CeilometerMeter,
  CeilometerResource,
  CeilometerSample,
  CeilometerStatistics,
  CinderApi,
  CinderService,
  CinderSnapshot,
  CinderVolume,
  CinderVolumeType,
  CinderVolumes,
  ClientUser,
  Collection,
  Search,
  CommandResult,
  CreatedServer,
  Flavor,
  GlanceApi,
  GlanceImage,
  GlanceImages,
  GlanceMember,
  HeatApi,
  HeatEvent,
  HeatResource,
  HeatStack,
  HeatStackInBrief,
  HypervisorStatistics,
  Image,
  Keypair,
  KeystoneApi,
  KeystoneEndpoint,
  KeystoneRole,
  KeystoneService,
  KeystoneTenant,
  KeystoneUser,
  Link,
  NeutronAgent,
  NeutronApi,
  NeutronFloatingIp,
  NeutronNetwork,
  NeutronPort,
  NeutronRouter,
  NeutronRouters,
  NeutronSecurityGroup,
  NeutronSecurityGroupRule,
  NeutronSubnet,
  NewCeilometerAlarm,
  NewCinderSnapshot,
  NewCinderVolume,
  NewGlanceImage,
  NewHeatStack,
  NewKeystoneTenant,
  NewKeystoneUser,
  NewNeutronFloatingIp,
  NewNeutronNetwork,
  NewNeutronPort,
  NewNeutronRouter,
  NewNeutronSecurityGroupRule,
  NewNeutronSubnet,
  NewTroveInstance,
  NovaAggregate,
  NovaApi,
  NovaAggregates,
  NovaHypervisors,
  NovaKeypairs,
  NovaQuotas,
  NovaHypervisor,
  NovaQuota,
  Resource,
  Server,
  ServerAction,
  ServerBelongings,
  ServerFilters,
  ServerInterface,
  ServerVerbs,
  ServiceEntry,
  SwiftApi,
  SwiftContainer,
  SwiftContent,
  SwiftObject,
  SwiftUsage,
  TroveApi,
  TroveBackup,
  TroveDatabase,
  TroveDatastore,
  TroveInstance,
  TroveInstances,
  TroveUser,
  VolumeAttachment,
} from "./clients/index.js";

// What they are told when it fails, as python-novaclient names it.
export {
  AmbiguousEndpoints,
  AuthorizationFailure,
  BadRequest,
  ClientException,
  CommandError,
  Conflict,
  EndpointNotFound,
  Forbidden,
  HTTPNotImplemented,
  InstanceInErrorState,
  MethodNotAllowed,
  NotFound,
  NoUniqueMatch,
  OverLimit,
  RateLimit,
  Unauthorized,
} from "./clients/index.js";

// Scenario files, and scenarios in code.
export {
  defineScenario,
  formatProblem,
  loadScenario,
  runScenario,
  scenarioJsonSchema,
  type Failure,
  type Loaded,
  type Problem,
  type Result,
  type Scenario,
  type ScenarioDefinition,
} from "./scenario/index.js";
export type { Finding, InvariantName } from "./framework/invariants.js";

// The record of a run: written, read, compared, searched.
export {
  MemoryTimeline,
  Messages,
  Recorder,
  TIMELINE_VERSION,
  TimelineError,
  describeEntry,
  diffTimelines,
  explainServer,
  firstDifference,
  matchFlow,
  parseFlowLine,
  readTimeline,
  writeTimeline,
  type Actor,
  type Divergence,
  type Entry,
  type EntryKind,
  type EntryOf,
  type FlowLine,
  type FlowMatch,
  type FlowMismatch,
  type Header,
  type ReadTimeline,
  type RestExchange,
  type RpcExchange,
  type Sink,
  type Timeline,
  type TimelineDifference,
} from "./timeline/index.js";

// What people look at, made from a timeline alone.
export {
  VIEWS,
  renderJsonl,
  renderMermaid,
  renderScheduler,
  renderSvg,
  renderText,
  type Recording,
  type View,
} from "./views/index.js";

// Virtual time: what simulated code is written in.
export {
  Channel,
  DriverError,
  Halted,
  InvariantError,
  Kernel,
  Lock,
  NO_CAUSE,
  Semaphore,
  Signal,
  Stalled,
  UnhandledError,
  aloud,
  done,
  formatDuration,
  hours,
  join,
  microseconds,
  milliseconds,
  minutes,
  quietly,
  seconds,
  sleep,
  withTimeout,
  type Duration,
  type Greenthread,
  type KernelOptions,
  type Micros,
  type OfUnit,
  type Observation,
  type Observer,
  type Op,
  type Span,
  type Stream,
} from "./kernel/index.js";

// Exceptions as Python raises them, and what may go over a wire.
export {
  AttributeError,
  Exception,
  KeyError,
  NotImplementedException,
  PythonTypeError,
  TimedOut,
  ValueError,
  type Json,
  type JsonObject,
} from "./python/index.js";

// A contract of one's own, and both its ends.
export {
  MessagingException,
  MessagingTimeout,
  NoSuchMethod,
  Notifier,
  RemoteError,
  RpcClient,
  RpcServer,
  UnsupportedVersion,
  call,
  cast,
  clientOf,
  defineRpcApi,
  endpoint,
  otherwise,
  required,
  tell,
  type ArgsOf,
  type ClientOf,
  type Endpoint,
  type ResultOf,
  type Parameter,
  type RpcApi,
  type Serves,
  type Takes,
  type Target,
} from "./bus/index.js";

// A service of one's own: its process, its manager, its flags.
export {
  FlagError,
  Manager,
  RequestContext,
  boolean as booleanFlag,
  contextSerializer,
  float as floatFlag,
  integer as integerFlag,
  list as listFlag,
  optionalString as optionalStringFlag,
  string as stringFlag,
  type Env,
  type Flag,
  type FlagSet,
  type FlagValue,
  type FlagValues,
  type FlagsOf,
  type ManagerClass,
  type PeriodicTask,
  type Process,
} from "./framework/index.js";

// A project of one's own: its processes, what outlives them, what Keystone is told of it.
export {
  defineProject,
  onController,
  process,
  store,
  type CatalogEntry,
  type Durable,
  type IdByName,
  type ProcessPlan,
  type Project,
  type SeedContext,
} from "./framework/project.js";
export {
  DuplicateEntry,
  Table,
  type Conditions,
  type Row,
  type TableOptions,
} from "./framework/index.js";

// A REST service of one's own, and how to ask others.
export {
  UpstreamException,
  authToken,
  authTokenFlags,
  faults,
  identified,
  identityContext,
  policyMaker,
  requestId,
  routeMaker,
  shortcut,
  webService,
  type ApiRoute,
  type Call,
  type Layer,
  type Policy,
  type WebApplication,
} from "./framework/index.js";
export {
  ConnectionError,
  HttpFault,
  respond,
  type Application,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from "./http/index.js";

// The verbs and flags of 2011.
export { ConfigOpts, Gflags } from "./vintage/index.js";
