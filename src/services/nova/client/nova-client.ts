/**
 * Every request that commands, programs and other services make of nova-api. It knows a way to the
 * service and no login. Answers are handed on as they came, once they are what was asked for.
 * Upstream: the managers of novaclient/v1_1.
 */
import type { HttpResponse } from "../../../http/index.js";
import type { Kernel, Op } from "../../../kernel/index.js";
import { isObject, str, urlencode, type Json, type JsonObject } from "../../../python/index.js";
import type {
  CreatedServer,
  Flavor,
  FlavorAccess,
  Image,
  OnTheWire,
  Resource,
  Server,
  ServerEvent,
  ServerFilters,
} from "./resources.js";
import {
  FixedIpManager,
  FloatingIpBulkManager,
  NetworkManager,
  TenantNetworkManager,
} from "./addresses.js";
import { FloatingIpManager } from "./floating-ips.js";
import { AgentManager, HostManager } from "./hosts/hosts.js";
import { ServerGroupManager } from "./hosts/server-groups.js";
import { BareMetalManager } from "./operators/bare-metal.js";
import { HypervisorManager } from "./hosts/hypervisors.js";
import { InterfaceManager } from "./interfaces.js";
import { AggregateManager, UsageManager } from "./aggregates/aggregates.js";
import { KeypairManager } from "./keypairs.js";
import { isObjectAtAll, Manager, withTexts, type ComputeEndpoint } from "./manager.js";
import { QuotaClassManager, QuotaManager } from "./quotas.js";
import { SecurityGroupManager } from "./security-groups.js";
import { ServerActionManager } from "./server-actions.js";
import { ServiceManager } from "./services.js";
import { CellManager, CertificateManager, CloudpipeManager, DnsManager } from "./operators/vpn.js";
import { VolumeManager } from "./volumes.js";

const isResource = withTexts<Resource>("id");
const isServer = withTexts<Server>("id", "name", "status");
const isServerInBrief = withTexts<Server>("id", "name");
const isCreatedServer = withTexts<CreatedServer>("id");
const isFlavor = withTexts<Flavor>("id", "name");
const isImage = withTexts<Image>("id", "name", "status");
const isAccess = withTexts<FlavorAccess>("flavor_id", "tenant_id");

type Clock = Pick<Kernel, "now" | "calendar">;

/** A login with Keystone. */
interface Login {
  readonly region: string | undefined;
  /** User, token and catalog, as Keystone has them. */
  access(): Op<JsonObject>;
  /** What is at the root of the service: its versions. */
  root(): Op<HttpResponse>;
  /** A line for who wants to see what is done. */
  log(line: string): void;
}

export class NovaClient extends Manager {
  readonly aggregates: AggregateManager;
  readonly usage: UsageManager;
  readonly keypairs: KeypairManager;
  readonly quotas: QuotaManager;
  readonly quotaClasses: QuotaClassManager;
  readonly services: ServiceManager;
  readonly hypervisors: HypervisorManager;
  readonly securityGroups: SecurityGroupManager;
  readonly volumes: VolumeManager;
  readonly floatingIps: FloatingIpManager;
  readonly networks: NetworkManager;
  readonly fixedIps: FixedIpManager;
  readonly floatingIpsBulk: FloatingIpBulkManager;
  readonly tenantNetworks: TenantNetworkManager;
  readonly hosts: HostManager;
  readonly agents: AgentManager;
  readonly serverGroups: ServerGroupManager;
  readonly bareMetal: BareMetalManager;
  readonly certificates: CertificateManager;
  readonly cloudpipes: CloudpipeManager;
  readonly dns: DnsManager;
  readonly cells: CellManager;
  readonly interfaces: InterfaceManager;
  readonly serverActions: ServerActionManager;
  /** The project of the user, once logged in. */
  readonly tenantId: string;
  /** That of whoever uses it: some things are asked for by today's date. */
  readonly clock: Clock | undefined;
  /** How whoever uses it has logged in; a service has not. */
  readonly login: Login | undefined;

  constructor(endpoint: ComputeEndpoint, tenantId = "", clock?: Clock, login?: Login) {
    super(endpoint);
    this.login = login;
    this.clock = clock;
    this.tenantId = tenantId;
    this.aggregates = new AggregateManager(endpoint);
    this.usage = new UsageManager(endpoint);
    this.keypairs = new KeypairManager(endpoint);
    this.quotas = new QuotaManager(endpoint);
    this.quotaClasses = new QuotaClassManager(endpoint);
    this.services = new ServiceManager(endpoint);
    this.hypervisors = new HypervisorManager(endpoint);
    this.securityGroups = new SecurityGroupManager(endpoint);
    this.volumes = new VolumeManager(endpoint);
    this.floatingIps = new FloatingIpManager(endpoint);
    this.networks = new NetworkManager(endpoint);
    this.fixedIps = new FixedIpManager(endpoint);
    this.floatingIpsBulk = new FloatingIpBulkManager(endpoint);
    this.tenantNetworks = new TenantNetworkManager(endpoint);
    this.hosts = new HostManager(endpoint);
    this.agents = new AgentManager(endpoint);
    this.serverGroups = new ServerGroupManager(endpoint);
    this.bareMetal = new BareMetalManager(endpoint);
    this.certificates = new CertificateManager(endpoint);
    this.cloudpipes = new CloudpipeManager(endpoint);
    this.dns = new DnsManager(endpoint);
    this.cells = new CellManager(endpoint);
    this.interfaces = new InterfaceManager(endpoint);
    this.serverActions = new ServerActionManager(endpoint);
  }

  /** Servers in full, newest first. */
  servers(filters: ServerFilters = {}): Op<OnTheWire<Server>[]> {
    return this.list(`/servers/detail${queryOf(filters)}`, "servers", isServer);
  }

  /** Servers with id, name and links only, newest first. */
  serversInBrief(filters: ServerFilters = {}): Op<OnTheWire<Resource>[]> {
    return this.list(`/servers${queryOf(filters)}`, "servers", isResource);
  }

  server(id: string): Op<OnTheWire<Server>> {
    return this.get(`/servers/${id}`, "server", isServer);
  }

  /** Create servers, through the volume extension if block devices are given, as upstream. */
  *createServer(body: JsonObject): Op<OnTheWire<CreatedServer>> {
    const { server } = body;
    const devices =
      isObject(server) &&
      (server["block_device_mapping"] ?? server["block_device_mapping_v2"]) !== undefined;
    const path = devices ? "/os-volumes_boot" : "/servers";
    return yield* this.create(path, body, "server", isCreatedServer);
  }

  *deleteServer(id: string): Op<void> {
    yield* this.remove(`/servers/${id}`);
  }

  /** `shelve`, `unshelve`, `shelveOffload` ... */
  *action(id: string, name: string, info: Json = null): Op<void> {
    yield* this.post(`/servers/${id}/action`, { [name]: info });
  }

  /**
   * Tell of events, as an administrator. @returns them, each with the `code` of what became of it:
   * 200 taken, 404 no such server, 422 the server is on no host
   * @throws NotFound if none was taken
   */
  *createServerExternalEvents(events: readonly ServerEvent[]): Op<JsonObject[]> {
    const path = "/os-server-external-events";
    return yield* this.createAll(path, { events }, "events", isObjectAtAll);
  }

  /** `isPublic` null asks for private flavors too. */
  flavors(isPublic: true | null = true): Op<OnTheWire<Flavor>[]> {
    return this.list(`/flavors/detail${publicQuery(isPublic)}`, "flavors", isFlavor);
  }

  /** With id, name and links only. */
  flavorsInBrief(isPublic: true | null = true): Op<OnTheWire<Resource>[]> {
    return this.list(`/flavors${publicQuery(isPublic)}`, "flavors", isResource);
  }

  flavor(id: string): Op<OnTheWire<Flavor>> {
    return this.get(`/flavors/${id}`, "flavor", isFlavor);
  }

  *createFlavor(flavor: JsonObject): Op<OnTheWire<Flavor>> {
    return yield* this.create("/flavors", { flavor }, "flavor", isFlavor);
  }

  *deleteFlavor(id: string): Op<void> {
    yield* this.remove(`/flavors/${id}`);
  }

  /** The projects that a private flavor was granted to. */
  flavorAccess(id: string): Op<OnTheWire<FlavorAccess>[]> {
    return this.list(`/flavors/${id}/os-flavor-access`, "flavor_access", isAccess);
  }

  /** `addTenantAccess`, `removeTenantAccess`. @returns who may use it from now on */
  *changeFlavorAccess(id: string, action: string, tenant: string): Op<OnTheWire<FlavorAccess>[]> {
    const body = { [action]: { tenant } };
    return yield* this.createAll(`/flavors/${id}/action`, body, "flavor_access", isAccess);
  }

  extraSpecs(flavorId: string): Op<JsonObject> {
    return this.get(`/flavors/${flavorId}/os-extra_specs`, "extra_specs", isObjectAtAll);
  }

  images(limit?: number): Op<OnTheWire<Image>[]> {
    const query = limit === undefined ? "" : `?limit=${String(limit)}`;
    return this.list(`/images/detail${query}`, "images", isImage);
  }

  /** With id, name and links only. */
  imagesInBrief(): Op<OnTheWire<Resource>[]> {
    return this.list("/images", "images", isResource);
  }

  image(id: string): Op<OnTheWire<Image>> {
    return this.get(`/images/${id}`, "image", isImage);
  }

  /** `{ name: "web2" }`. */
  updateServer(id: string, changes: JsonObject): Op<OnTheWire<Server>> {
    return this.update(`/servers/${id}`, { server: changes }, "server", isServerInBrief);
  }

  *setServerMeta(id: string, metadata: JsonObject): Op<void> {
    yield* this.create(`/servers/${id}/metadata`, { metadata }, "metadata", isObjectAtAll);
  }

  /** One request a key. */
  *deleteServerMeta(id: string, keys: readonly string[]): Op<void> {
    for (const key of keys) yield* this.remove(`/servers/${id}/metadata/${key}`);
  }

  /** What has been done with a server, newest first. */
  instanceActions(serverId: string): Op<JsonObject[]> {
    const path = `/servers/${serverId}/os-instance-actions`;
    return this.list(path, "instanceActions", isObjectAtAll);
  }

  /** Cold migrations and resizes, for administrators; filters that say nothing are left out. */
  migrations(filters: Readonly<Record<string, string | undefined>> = {}): Op<JsonObject[]> {
    const said = Object.entries(filters)
      .filter(([, value]) => value !== undefined && value !== "")
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const query = said.length > 0 ? `?${urlencode(new Map(said as [string, string][]))}` : "";
    return this.list(`/os-migrations${query}`, "migrations", isObjectAtAll);
  }

  /** With its events, for administrators. */
  instanceAction(serverId: string, requestId: string): Op<JsonObject> {
    const path = `/servers/${serverId}/os-instance-actions/${requestId}`;
    return this.get(path, "instanceAction", isObjectAtAll);
  }

  *setExtraSpecs(flavorId: string, specs: JsonObject): Op<void> {
    const path = `/flavors/${flavorId}/os-extra_specs`;
    yield* this.create(path, { extra_specs: specs }, "extra_specs", isObjectAtAll);
  }

  /** One request a key. */
  *unsetExtraSpecs(flavorId: string, keys: readonly string[]): Op<void> {
    for (const key of keys) yield* this.remove(`/flavors/${flavorId}/os-extra_specs/${key}`);
  }

  *deleteImage(id: string): Op<void> {
    yield* this.remove(`/images/${id}`);
  }

  *setImageMeta(id: string, metadata: JsonObject): Op<void> {
    yield* this.create(`/images/${id}/metadata`, { metadata }, "metadata", isObjectAtAll);
  }

  /** One request a key. */
  *deleteImageMeta(id: string, keys: readonly string[]): Op<void> {
    for (const key of keys) yield* this.remove(`/images/${id}/metadata/${key}`);
  }

  /** `tenant`: of that project, for administrators. */
  limits({
    reserved,
    tenant,
  }: { reserved?: boolean; tenant?: string | undefined } = {}): Op<JsonObject> {
    const query = new Map<string, string>();
    if (reserved === true) query.set("reserved", "1");
    if (tenant !== undefined && tenant !== "") query.set("tenant_id", tenant);
    const asked = query.size > 0 ? `?${urlencode(query)}` : "";
    return this.get(`/limits${asked}`, "limits", isObjectAtAll);
  }

  /** What each extension of the API says of itself. */
  extensions(): Op<JsonObject[]> {
    return this.list("/extensions", "extensions", isObjectAtAll);
  }

  /** `detailed`: with hosts and services, for administrators. */
  availabilityZones(detailed: boolean): Op<JsonObject[]> {
    const path = `/os-availability-zone${detailed ? "/detail" : ""}`;
    return this.list(path, "availabilityZoneInfo", isObjectAtAll);
  }
}

function queryOf(filters: ServerFilters): string {
  const pairs = new Map<string, string>();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && truthy(value)) pairs.set(name, str(value));
  }
  return pairs.size > 0 ? `?${urlencode(pairs)}` : "";
}

const publicQuery = (isPublic: true | null): string => (isPublic === null ? "?is_public=None" : "");

const truthy = (value: Json): boolean =>
  value !== null && value !== false && value !== 0 && value !== "";
