/**
 * A nova-api before a real Keystone, with an image service and a network that say what a test wants
 * them to say. What it sends to other processes of Nova is read off the bus.
 */
import type { RequestContext } from "../../../../src/framework/index.js";
import type { HttpResponse } from "../../../../src/http/index.js";
import type { Observation, Op } from "../../../../src/kernel/index.js";
import type { Exception, Json, JsonObject } from "../../../../src/python/index.js";
import { VolumeApi } from "../../../../src/services/nova/volume/cinder.js";
import {
  KeystoneDatabase,
  keystone,
  seedIdentity,
  seedUser,
} from "../../../../src/services/keystone/index.js";
import {
  FloatingIpNotFound,
  FloatingIpNotFoundForAddress,
  FloatingIpPoolNotFound,
  ImageNotFound,
  NetworkNotFound,
  SecurityGroupNotFound,
} from "../../../../src/services/nova/exception.js";
import type { Hooks } from "../../../../src/services/nova/hooks.js";
import type { Collaborators } from "../../../../src/services/nova/api/app.js";
import { novaApi } from "../../../../src/services/nova/api/index.js";
import type { ImageMeta } from "../../../../src/services/nova/image/image-meta.js";
import type { FloatingIp } from "../../../../src/services/nova/network-api/neutronv2/floating-ips.js";
import { IMAGE, NovaBed } from "../bed.js";

export { IMAGE } from "../bed.js";
export const NETWORK = "22222222-0000-4000-8000-000000000000";
export const NOWHERE = "33333333-0000-4000-8000-000000000000";

export const CIRROS: ImageMeta = {
  id: IMAGE,
  name: "cirros",
  status: "active",
  size: 13_000_000,
  min_disk: 0,
  min_ram: 0,
  disk_format: "qcow2",
  container_format: "bare",
  checksum: "ee1eca47dc88f4879d8a229cc70a07c6",
  owner: "admin",
  is_public: true,
  deleted: false,
  deleted_at: null,
  created_at: "2014-09-18T04:03:09",
  updated_at: "2014-09-18T04:03:09",
  properties: {},
};

interface Cast extends Observation {
  readonly kind: "rpc.cast";
  readonly topic: string;
  readonly server?: string;
  readonly method: string;
  readonly version: string;
  readonly args: JsonObject;
}

export class ApiBed extends NovaBed {
  readonly images = new Map<string, ImageMeta>([[IMAGE, CIRROS]]);
  /** Which servers have an address, as Neutron knows it. */
  readonly addressed = new Map<string, string[]>();
  /** The groups of every server, as Neutron has them. */
  readonly groups = new Map<string, JsonObject>();
  /** What was asked of Glance and Neutron. */
  readonly asked: string[] = [];
  /** With what images were listed. */
  readonly listings: (readonly unknown[])[] = [];
  /** Thrown by the next question of that name. */
  readonly failures = new Map<string, Exception>();
  /** How many servers the networks have room for. */
  room = Infinity;
  readonly demo: { readonly project: string; readonly user: string; readonly token: string };
  readonly admin: { readonly project: string; readonly user: string; readonly token: string };

  constructor(flags = {}, options: { readonly hooks?: Hooks } = {}) {
    super(flags);
    const database = new KeystoneDatabase(this.kernel);
    seedIdentity(database);
    seedUser(database, { name: "admin", roles: ["admin"] });
    seedUser(database, { name: "demo" });
    seedUser(database, { name: "nova", project: "service", roles: ["admin"] });
    this.start(keystone(this.env("keystone-all"), database));
    const env = this.nova("nova-api");
    const collaborators = { ...this.#collaborators(), volumes: new VolumeApi(env) };
    this.start(novaApi(env, this.db, { ...options, collaborators }));
    const login = (name: string) => ({
      project: database.projects.first({ name })!.uuid,
      user: database.users.first({ name })!.uuid,
      token: this.#token(name),
    });
    this.demo = login("demo");
    this.admin = login("admin");
    this.forget();
  }

  /** A request below `/v2/{tenant}`, of the user demo unless told. */
  ask(method: string, path: string, body?: unknown, as = this.demo): HttpResponse {
    const url = `http://controller:8774/v2/${as.project}${path}`;
    return this.run(
      this.http.request(method, url, { body, headers: { "x-auth-token": as.token } }),
    );
  }

  boot(server: JsonObject = {}, as = this.demo, beside: JsonObject = {}): HttpResponse {
    const usual = { name: "t3", imageRef: IMAGE, flavorRef: "1" };
    return this.ask("POST", "/servers", { server: { ...usual, ...server }, ...beside }, as);
  }

  /** Boot one server. @returns its id */
  booted(server: JsonObject = {}): string {
    return (this.boot(server).body as { server: { id: string } }).server.id;
  }

  /** An active server of demo on host c1. */
  active(values = {}): string {
    const id = this.booted();
    this.db.instances.update(id, {
      host: "c1",
      node: "c1",
      vm_state: "active",
      task_state: null,
      power_state: 1,
      launched_at: this.db.utcnow(),
      ...values,
    });
    this.forget();
    return id;
  }

  act(id: string, body: Json, as = this.demo): HttpResponse {
    return this.ask("POST", `/servers/${id}/action`, body, as);
  }

  /** `<status> <message>` of a fault, `<status>` of anything else. */
  told({ status, body }: HttpResponse): string {
    const [fault] = Object.values((body ?? {}) as Record<string, { message?: string }>);
    return status < 400 ? String(status) : `${status} ${fault?.message ?? ""}`;
  }

  /** What was cast, as `method@topic[.server]`. */
  casts(): string[] {
    return this.castings().map(({ method, topic, server }) =>
      server === undefined ? `${method}@${topic}` : `${method}@${topic}.${server}`,
    );
  }

  castings(): Cast[] {
    return this.of<Cast>("rpc.cast");
  }

  #token(name: string): string {
    const auth = { passwordCredentials: { username: name, password: "secret" }, tenantName: name };
    const response = this.run(
      this.http.request("POST", "http://controller:5000/v2.0/tokens", { body: { auth } }),
    );
    return (response.body as { access: { token: { id: string } } }).access.token.id;
  }

  #note(what: string, detail = ""): void {
    this.asked.push(detail === "" ? what : `${what} ${detail}`);
    const failure = this.failures.get(what);
    if (failure !== undefined) throw failure;
  }

  #collaborators(): Omit<Collaborators, "volumes"> {
    const [note, { addressed, groups, images, listings }] = [this.#note.bind(this), this];
    const room = (): number => this.room;
    return {
      images: {
        *get(_ctxt, id): Op<ImageMeta> {
          note("image get", id);
          const image = images.get(id);
          if (image === undefined) throw new ImageNotFound({ image_id: id });
          return image;
        },
        *detail(_ctxt, filters, page): Op<ImageMeta[]> {
          note("image detail");
          listings.push([filters, page]);
          return [...images.values()];
        },
        *create(_ctxt: RequestContext, meta: Partial<ImageMeta>): Op<ImageMeta> {
          note("image create", meta.name ?? "");
          const image = { ...CIRROS, ...meta, id: NOWHERE, status: "queued" };
          images.set(image.id, image);
          return image;
        },
        *replace(_ctxt: RequestContext, id: string, meta: ImageMeta): Op<ImageMeta> {
          note("image replace", id);
          images.set(id, meta);
          return meta;
        },
        *delete(_ctxt: RequestContext, id: string): Op<void> {
          note("image delete", id);
          images.delete(id);
        },
      },
      network: {
        *get_instance_uuids_by_ip_filter(_ctxt, ip): Op<string[]> {
          note("servers by ip", ip);
          return addressed.get(ip) ?? [];
        },
        *validate_networks(_ctxt, requested, count): Op<number> {
          note("validate_networks", String(requested?.objects.length ?? 0));
          return Math.min(count, room());
        },
        *create_pci_requests_for_sriov_ports(): Op<void> {
          note("create_pci_requests");
        },
        *deallocate_for_instance(): Op<void> {
          note("deallocate_for_instance");
        },
        *list_ports(): Op<JsonObject[]> {
          note("ports");
          return [];
        },
        *show_port(_ctxt, port_id): Op<JsonObject> {
          note(`port ${port_id}`);
          return { id: port_id };
        },
        *get_all(): Op<JsonObject[]> {
          note("networks");
          return [];
        },
        *get(_ctxt, network_id): Op<JsonObject> {
          note("network get", network_id);
          throw new NetworkNotFound({ network_id });
        },
        *associate_floating_ip(): Op<void> {
          note("associate_floating_ip");
        },
        *disassociate_floating_ip(): Op<void> {
          note("disassociate_floating_ip");
        },
      },
      // There are none: what is there is asked for in a whole cloud.
      floatingIps: {
        *get_floating_ip(_ctxt, id): Op<FloatingIp> {
          throw new FloatingIpNotFound({ id });
        },
        *get_floating_ip_pools(): Op<string[]> {
          return [];
        },
        *get_floating_ip_by_address(_ctxt, address): Op<FloatingIp> {
          throw new FloatingIpNotFoundForAddress({ address });
        },
        *get_floating_ips_by_project(): Op<FloatingIp[]> {
          return [];
        },
        *get_instance_id_by_floating_address(): Op<undefined> {
          return undefined;
        },
        *allocate_floating_ip(): Op<string> {
          throw new FloatingIpPoolNotFound();
        },
        *disassociate_and_release_floating_ip(): Op<void> {
          note("release_floating_ip");
        },
      },
      securityGroups: {
        *get(_ctxt, name): Op<JsonObject> {
          note("security group get", name);
          return { id: name, name };
        },
        *show(_ctxt, id): Op<JsonObject> {
          note("security group show", id);
          const group = groups.get(id);
          if (group !== undefined) return group;
          throw new SecurityGroupNotFound({}, `Security group ${id} does not exist`);
        },
        *list(): Op<JsonObject[]> {
          note("security group list");
          return [...groups.values()];
        },
        *create(_ctxt, name, description): Op<JsonObject> {
          const id = `group ${typeof name === "string" ? name : JSON.stringify(name)}`;
          const group = { id, name, description, tenant_id: "p1", security_group_rules: [] };
          groups.set(id, group);
          return group;
        },
        *update(_ctxt, id, name, description): Op<JsonObject> {
          const group = { ...groups.get(id), name, description };
          groups.set(id, group);
          return group;
        },
        *destroy(_ctxt, id): Op<void> {
          groups.delete(id);
        },
        *addRule(_ctxt, group): Op<JsonObject> {
          note("security group rule", group);
          return { id: "rule", security_group_id: group, direction: "ingress" };
        },
        *rule(_ctxt, id): Op<JsonObject> {
          throw new SecurityGroupNotFound({}, `Security group rule ${id} does not exist`);
        },
        *removeRule(_ctxt, id): Op<void> {
          note("security group rule removed", id);
        },
        *add_to_instance(_ctxt, server, group): Op<void> {
          note("security group add", `${server} ${group}`);
        },
        *remove_from_instance(_ctxt, server, group): Op<void> {
          note("security group remove", `${server} ${group}`);
        },
        *get_instance_security_groups(): Op<JsonObject[]> {
          return [...groups.values()];
        },
        *get_instances_security_groups_bindings(_ctxt, servers) {
          return new Map(servers.map((id) => [id, [{ name: "default" }]]));
        },
      },
    };
  }
}
