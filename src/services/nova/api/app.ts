/**
 * What every part of nova-api works with: the database, the other services, the flags, chance.
 * Upstream: what the controllers and nova/compute/api.py (API) make for themselves.
 */
import { RpcClient, clientOf, type ClientOf, type Notifier } from "../../../bus/index.js";
import {
  STATEMENT_LATENCY,
  StatementTime,
  type FlagsOf,
  type RequestContext,
  type Env,
} from "../../../framework/index.js";
import type { Span } from "../../../kernel/index.js";
import { computeApi, confirmingApi } from "../compute/rpcapi.js";
import { certApi } from "../cert/rpcapi.js";
import { Authority, AuthorityFiles } from "../crypto/authority.js";
import { consoleApi } from "../console/rpcapi.js";
import { consoleauthApi } from "../consoleauth/rpcapi.js";
import { computeTaskApi } from "../conductor/rpcapi.js";
import type { NovaDatabase } from "../db/database.js";
import { instanceSnapshots, type InstanceSnapshots } from "../db/instances/instance-snapshots.js";
import { DirectStore } from "../db/store/object-store.js";
import { Hooks } from "../hooks.js";
import { novaNotifier } from "../notifications.js";
import { objectSerializer } from "../objects/wire/serializer.js";
import { QuotaEngine } from "../quota/quota-engine.js";
import { StateChanges } from "../states/state-changes.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import type { ImageApi } from "../image/api.js";
import type { NeutronV2Api } from "../network-api/neutronv2/api.js";
import type { FloatingIpApi } from "../network-api/neutronv2/floating-ips.js";
import type { SecurityGroupApi } from "../network-api/neutronv2/security-groups.js";
import type { VolumeApi } from "../volume/cinder.js";
import { novaApiFlags } from "./flags.js";
import { RateLimits } from "./resources/limits/rate-limits.js";
import { ViewMemory } from "./views/view-memory.js";

/** What nova-api asks of Glance, Neutron and Cinder. */
export interface Collaborators {
  readonly images: Pick<ImageApi, "get" | "detail" | "create" | "replace" | "delete">;
  readonly network: Pick<
    NeutronV2Api,
    | "get_instance_uuids_by_ip_filter"
    | "validate_networks"
    | "create_pci_requests_for_sriov_ports"
    | "deallocate_for_instance"
    | "list_ports"
    | "show_port"
    | "get_all"
    | "get"
    | "associate_floating_ip"
    | "disassociate_floating_ip"
  >;
  readonly floatingIps: Pick<
    FloatingIpApi,
    | "get_floating_ip"
    | "get_floating_ip_pools"
    | "get_floating_ip_by_address"
    | "get_floating_ips_by_project"
    | "get_instance_id_by_floating_address"
    | "allocate_floating_ip"
    | "disassociate_and_release_floating_ip"
  >;
  readonly volumes: VolumeApi;
  readonly securityGroups: Pick<
    SecurityGroupApi,
    | "get"
    | "list"
    | "show"
    | "create"
    | "update"
    | "destroy"
    | "addRule"
    | "rule"
    | "removeRule"
    | "get_instance_security_groups"
    | "get_instances_security_groups_bindings"
    | "add_to_instance"
    | "remove_from_instance"
  >;
}

export interface AppOptions {
  readonly hooks?: Hooks | undefined;
  /** How long a statement to the database takes. */
  readonly statement?: Span | undefined;
  /** What nova-cert has on this host. */
  readonly authority?: AuthorityFiles | undefined;
}

export class NovaApp {
  readonly env: Env;
  readonly db: NovaDatabase;
  readonly store: DirectStore;
  /** Instances for who only looks at them, and what they look like. */
  readonly snapshots: InstanceSnapshots;
  readonly shown = new ViewMemory();
  readonly flags: FlagsOf<typeof novaApiFlags>;
  readonly quotas: QuotaEngine;
  /** How often users have asked, where that is limited. */
  readonly rates: RateLimits | undefined;
  readonly changes: StateChanges;
  readonly services: DatabaseServiceGroup;
  readonly images: Collaborators["images"];
  readonly network: Collaborators["network"];
  readonly volumes: VolumeApi;
  readonly securityGroups: Collaborators["securityGroups"];
  readonly floatingIps: Collaborators["floatingIps"];
  readonly computeRpc: ClientOf<typeof computeApi, RequestContext>;
  /** For what it waits for until the host has confirmed it. */
  readonly confirming: ClientOf<typeof confirmingApi, RequestContext>;
  readonly computeTask: ClientOf<typeof computeTaskApi, RequestContext>;
  readonly consoleauth: ClientOf<typeof consoleauthApi, RequestContext>;
  /** Of the proxies for consoles of Xen's. */
  readonly console: ClientOf<typeof consoleApi, RequestContext>;
  readonly cert: ClientOf<typeof certApi, RequestContext>;
  /** The authority of this host, whose files nova-cert has made if it ran here. */
  readonly authority: Authority;
  /** Publishes as `compute.<api host>`. */
  readonly notifier: Notifier;
  /** Publishes as `api.<api host>`. */
  readonly apiNotifier: Notifier;
  readonly hooks: Hooks;
  /** Under which path a request came, which its links say again. */
  readonly version: string = "v2";

  constructor(
    env: Env,
    db: NovaDatabase,
    collaborators: Collaborators,
    {
      hooks = new Hooks(),
      statement = STATEMENT_LATENCY.db,
      authority = new AuthorityFiles(),
    }: AppOptions = {},
  ) {
    this.env = env;
    this.db = db;
    this.changes = new StateChanges(env);
    const statements = new StatementTime(env, statement);
    this.store = new DirectStore(db, { statements, changes: this.changes });
    this.snapshots = instanceSnapshots(db, this.store);
    this.flags = env.flags.read(novaApiFlags);
    this.quotas = new QuotaEngine(env, db);
    this.rates = this.flags.api_rate_limit ? new RateLimits(env) : undefined;
    this.services = new DatabaseServiceGroup(db, env.flags);
    this.images = collaborators.images;
    this.network = collaborators.network;
    this.volumes = collaborators.volumes;
    this.securityGroups = collaborators.securityGroups;
    this.floatingIps = collaborators.floatingIps;
    const rpc = new RpcClient(env.bus, objectSerializer(this.store));
    this.computeRpc = clientOf(computeApi, rpc);
    this.confirming = clientOf(confirmingApi, rpc);
    this.computeTask = clientOf(computeTaskApi, rpc);
    this.consoleauth = clientOf(consoleauthApi, rpc);
    this.console = clientOf(consoleApi, rpc);
    this.cert = clientOf(certApi, rpc);
    this.authority = new Authority(env, authority);
    this.notifier = novaNotifier(env, "compute");
    this.apiNotifier = novaNotifier(env, "api");
    this.hooks = hooks;
  }

  /** `http://controller:8774`: how links begin. */
  get base(): string {
    return `http://${this.env.hostAt(this.flags.osapi_compute_listen_port)}`;
  }

  /** The same application, mounted at another path. */
  under(version: string): NovaApp {
    return Object.assign(Object.create(NovaApp.prototype) as NovaApp, this, { version });
  }

  /** A date as columns hold it, as answers write it. */
  iso(stamp: string): string {
    return `${stamp.slice(0, 19)}Z`;
  }
}
