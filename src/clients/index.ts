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
export { Collection, type Asker, type Search } from "./api/collection.js";
export {
  CeilometerApi,
  type CeilometerAlarm,
  type CeilometerCondition,
  type CeilometerMeter,
  type CeilometerResource,
  type CeilometerSample,
  type CeilometerStatistics,
  type NewCeilometerAlarm,
} from "./api/ceilometer.js";
export {
  CinderApi,
  type CinderService,
  type CinderSnapshot,
  type CinderVolume,
  type CinderVolumeType,
  type CinderVolumes,
  type NewCinderSnapshot,
  type NewCinderVolume,
} from "./api/cinder.js";
export {
  GlanceApi,
  type GlanceImage,
  type GlanceImages,
  type GlanceMember,
  type NewGlanceImage,
} from "./api/glance.js";
export {
  HeatApi,
  type HeatEvent,
  type HeatResource,
  type HeatStack,
  type HeatStackInBrief,
  type NewHeatStack,
} from "./api/heat.js";
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
  NewNeutronFloatingIp,
  NewNeutronNetwork,
  NewNeutronPort,
  NewNeutronRouter,
  NewNeutronSecurityGroupRule,
  NewNeutronSubnet,
} from "./api/neutron-shapes.js";
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
export type {
  ServerAction,
  ServerInterface,
  ServerVerbs,
  VolumeAttachment,
} from "./nova/server-verbs.js";
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
