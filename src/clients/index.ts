/** What a user types, and the same for programs. */
export { readCommand, runCommand, type CommandReading, type CommandRun } from "./command-line.js";
export type { CommandResult } from "./shell/console.js";
export { Folder } from "./shell/folder.js";
export type { CommandName, ParsedCommand } from "./shell/program.js";
export { asWord, referred, UnknownName, type NameResolver } from "./shell/names.js";
export { bodyText } from "./raw/curl.js";
export { type RawAnswer } from "./raw/answer.js";
export { exchange, type RawRequest } from "./raw/request.js";
export { ADDRESS, type CatalogUrl, type CatalogUrls } from "./raw/url.js";
export { type ClientUser } from "./user.js";
export { Browser, type ActResult, type BrowserOptions } from "./browser/browser.js";
export type { Seen } from "./browser/seen.js";
export { actText, type Act, type Entry, type Through } from "./browser/act.js";
export { operatorRpc } from "./rpc/operator.js";
export { ApiPart } from "./api/part.js";
export { ServiceClients } from "./api/service-clients.js";
export { Collection } from "./api/collection.js";
export type { Asker, Search } from "./api/asking.js";
export { CeilometerApi } from "./api/ceilometer.js";
export type {
  CeilometerAlarm,
  CeilometerCondition,
  CeilometerMeter,
  CeilometerResource,
  CeilometerSample,
  CeilometerStatistics,
  NewCeilometerAlarm,
} from "./api/shapes/ceilometer.js";
export { CinderApi, type CinderVolumes } from "./api/cinder.js";
export type {
  CinderService,
  CinderSnapshot,
  CinderVolume,
  CinderVolumeType,
  NewCinderSnapshot,
  NewCinderVolume,
} from "./api/shapes/cinder.js";
export {
  GlanceApi,
  type GlanceImage,
  type GlanceImages,
  type GlanceMember,
  type NewGlanceImage,
} from "./api/glance.js";
export { HeatApi } from "./api/heat.js";
export type {
  HeatEvent,
  HeatResource,
  HeatStack,
  HeatStackInBrief,
  NewHeatStack,
} from "./api/shapes/heat.js";
export {
  KeystoneApi,
  type KeystoneEndpoint,
  type KeystoneRole,
  type KeystoneService,
  type KeystoneTenant,
  type KeystoneUser,
  type NewKeystoneTenant,
  type NewKeystoneUser,
} from "./api/keystone.js";
export { NeutronApi, type NeutronRouters } from "./api/neutron.js";
export type {
  NeutronAgent,
  NeutronFloatingIp,
  NeutronNetwork,
  NeutronPort,
  NeutronRouter,
  NeutronSecurityGroup,
  NeutronSecurityGroupRule,
  NeutronSubnet,
} from "./api/shapes/neutron.js";
export type {
  NewNeutronFloatingIp,
  NewNeutronNetwork,
  NewNeutronPort,
  NewNeutronRouter,
  NewNeutronSecurityGroupRule,
  NewNeutronSubnet,
} from "./api/shapes/neutron-requests.js";
export {
  SwiftApi,
  type SwiftContainer,
  type SwiftContent,
  type SwiftObject,
  type SwiftUsage,
} from "./api/swift.js";
export {
  TroveApi,
  type NewTroveInstance,
  type TroveBackup,
  type TroveDatabase,
  type TroveDatastore,
  type TroveInstance,
  type TroveInstances,
  type TroveUser,
} from "./api/trove.js";
export type {
  HypervisorStatistics,
  Keypair,
  NovaAggregate,
  NovaAggregates,
  NovaHypervisor,
  NovaHypervisors,
  NovaKeypairs,
  NovaQuota,
  NovaQuotas,
} from "./nova/api-parts.js";
export type { ServerAction, ServerInterface, VolumeAttachment } from "./nova/server-answers.js";
export type { ServerBelongings } from "./nova/server-belongings.js";
export type { ServerVerbs } from "./nova/server-verbs.js";
export { NovaApi } from "./nova/api.js";
export type { BootOptions } from "./nova/boot-options.js";
export type {
  CreatedServer,
  Flavor,
  Image,
  Link,
  Resource,
  Server,
  ServerFilters,
  ServiceEntry,
} from "../services/nova/client/index.js";
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
} from "../framework/apiclient/index.js";
