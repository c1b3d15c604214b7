/**
 * OS::Nova::Server: made, watched, changed, suspended, deleted. What is done when it changes is in a file
 * beside. Software may be told to it by way of a user of its own, and not by a temporary URL of Swift's.
 * It keeps nothing in a snapshot, since Nova makes no images of servers by themselves here. Upstream: heat/engine/resources/server.py (Server) at 2014.2.
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { endStep, type Op, type Stepped } from "../../../../../kernel/index.js";
import {
  b64encode,
  isObject,
  isUuidLike,
  PythonTypeError,
  repr,
  str,
  truth,
  wellFormed,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { bootBody } from "../../../../nova/client/index.js";
import {
  DEFERRED_STATUSES,
  HeldServer,
  serialized,
  type UserDataFormat,
} from "../../../clients/index.js";
import { NotFound } from "../../../exception.js";
import { TaskRunner } from "../../scheduler/task.js";
import { exceptionOf } from "../../scheduler/task.js";
import { HeatError, ResourceInError, ResourceUnknownStatus } from "../errors.js";
import { metadataOf } from "../../template/resource-definition.js";
import type { Handler, ResourceChange } from "../resource.js";
import { objectsOf, type TypeFacts } from "../service-resource.js";
import { StackUser } from "../stack-user.js";
import { legacyDevices } from "./legacy-devices.js";
import { nicsOf } from "./server-networks.js";
import { NAME_LIMIT, SERVER } from "./server-properties.js";
import { serverTasks } from "./server-update.js";
import { validateServer } from "./server-validation.js";
import { withAddressPorts } from "./server-addresses.js";

export class Server extends StackUser {
  protected override get facts(): TypeFacts {
    return SERVER;
  }

  protected override get password(): string | null {
    return this.data("password") ?? null;
  }

  override physicalName(): string | null {
    return super.physicalName(NAME_LIMIT);
  }

  /** `_register_access_key`. */
  override *allows(credential: string | null): Op<boolean> {
    const format = yield* this.properties.get("user_data_format");
    if (credential === null || format !== "SOFTWARE_CONFIG") return false;
    const transport = yield* this.properties.get("software_config_transport");
    if (transport === "POLL_SERVER_CFN") return this.data("access_key") === credential;
    return transport === "POLL_SERVER_HEAT" && this.userId() === credential;
  }

  *#name(): Op<string> {
    return (yield* this.text("name")) ?? str(this.physicalName());
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* validateServer({
      name: this.name,
      clients: this.clients,
      property: (name) => this.properties.get(name),
      log: (message) => {
        this.stack.parts.log("info", message);
      },
    });
  }

  /** Subnets of its networks, if they say theirs by the older name, come first. @throws PythonTypeError */
  override *implied(): Op<readonly string[]> {
    const found: string[] = [];
    for (const sibling of this.stack.siblings()) {
      if (sibling.definition.type !== "OS::Neutron::Subnet") continue;
      const of = yield* sibling.properties.get("network_id");
      const networks = yield* this.properties.get("networks");
      if (!Array.isArray(networks)) throw new PythonTypeError("'NoneType' object is not iterable");
      const there = objectsOf(networks).some(({ network = null, uuid = null }) => {
        const id = truth(network) ? network : uuid;
        return truth(id) && repr(id) === repr(of);
      });
      if (there) found.push(sibling.name);
    }
    return found;
  }

  protected override createHandler(): Handler {
    const make = (): Op<HeldServer> => this.#make();
    const active = (made: HeldServer): Op<boolean> => this.#active(made);
    let server: HeldServer | undefined;
    return {
      *handle() {
        server = yield* make();
        return null;
      },
      *check() {
        return server === undefined || (yield* active(server));
      },
    };
  }

  *#make(): Op<HeldServer> {
    const { nova, glance } = this.clients;
    const format = str(yield* this.properties.get("user_data_format")) as UserDataFormat;
    const content = yield* this.#content(format);
    const metadata = { ...(yield* this.freshMetadata()) };
    if (format === "SOFTWARE_CONFIG") yield* this.#addDeployments(metadata);
    const instanceUser = (yield* this.text("admin_user")) ?? this.clients.flags.instance_user;
    const userData = nova.userData({ metadata, userData: content, instanceUser, format });
    const image = yield* this.text("image");
    const imageId = image === undefined ? undefined : yield* glance.imageId(image);
    const flavorId = yield* nova.flavorId(str(yield* this.properties.get("flavor")));
    const client = yield* nova.client();
    const body = bootBody({
      name: yield* this.#name(),
      imageId,
      flavorId,
      userData: userData === "" ? "" : b64encode(utf8ToBytes(wellFormed(userData))),
      ...(yield* this.#bootOptions()),
    });
    const server = new HeldServer(client, yield* client.createServer(body), false);
    this.setResourceId(server.id);
    return server;
  }

  /** The user data, out of a configuration of Heat's if it is the id of one. */
  *#content(format: UserDataFormat): Op<string> {
    const content = str(yield* this.properties.get("user_data"));
    if (format === "HEAT_CFNTOOLS" || !isUuidLike(content)) return content;
    const { heat } = this.clients;
    try {
      const { config } = yield* heat.softwareConfig(content);
      return str(config ?? null);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (heat.isNotFound(error)) return content;
      throw error;
    }
  }

  *#bootOptions() {
    const networks = objectsOf(yield* this.properties.get("networks"));
    const metadata = yield* this.object("metadata");
    const hints = yield* this.object("scheduler_hints");
    const files = yield* this.object("personality");
    const { properties } = this;
    return {
      keyName: yield* this.text("key_name"),
      securityGroups: (yield* this.list("security_groups")).map(str),
      meta: metadata && (serialized(metadata) as Readonly<Record<string, string>>),
      hints: hints as Readonly<Record<string, string>> | undefined,
      nics: networks.length === 0 ? undefined : yield* nicsOf(networks, this.clients),
      availabilityZone: yield* this.text("availability_zone"),
      blockDevicesV1: legacyDevices(objectsOf(yield* properties.get("block_device_mapping"))),
      reservationId: yield* this.text("reservation_id"),
      configDrive: truth(yield* properties.get("config_drive")) ? (true as const) : undefined,
      diskConfig: yield* this.text("diskConfig"),
      personality: personality(files ?? {}),
      adminPass: yield* this.text("admin_pass"),
    };
  }

  /** `_create_transport_credentials`, `_populate_deployments_metadata`. @throws NotSupported */
  *#addDeployments(metadata: Record<string, Json>): Op<void> {
    const transport = str(yield* this.properties.get("software_config_transport"));
    const { stack, clients } = this;
    metadata["deployments"] ??= [];
    if (transport === "POLL_TEMP_URL") {
      throw new HeatError("POLL_TEMP_URL: temporary URLs for metadata are not simulated");
    }
    if (transport === "POLL_SERVER_HEAT") {
      this.setData("password", stack.parts.ids.uuid().replaceAll("-", ""));
      yield* this.createUser();
      metadata["os-collect-config"] = {
        heat: {
          user_id: this.userId() ?? null,
          password: this.password,
          auth_url: clients.context.auth_url,
          project_id: stack.userProjectId,
          stack_id: `${stack.name}/${str(stack.id)}`,
          resource_name: this.name,
        },
      };
    } else {
      yield* this.createUser();
      yield* this.createKeypair();
      metadata["os-collect-config"] = {
        cfn: {
          metadata_url: `${clients.flags.heat_metadata_server_url}/v1/`,
          access_key_id: this.data("access_key") ?? null,
          secret_access_key: this.data("secret_key") ?? null,
          stack_name: stack.name,
          path: `${this.name}.Metadata`,
        },
      };
    }
    this.setMetadata(metadata);
  }

  /** `_check_active`. @throws ResourceInError, ResourceUnknownStatus */
  *#active(server: HeldServer): Op<boolean> {
    let status = yield* server.status();
    if (status !== "ACTIVE") {
      yield* this.clients.nova.refresh(server);
      status = yield* server.status();
    }
    if (DEFERRED_STATUSES.includes(status)) return false;
    if (status === "ACTIVE") return true;
    if (status !== "ERROR") throw new ResourceUnknownStatus("Server is not active", status);
    const message = str(server.fault("message") ?? "Unknown");
    const code = str(server.fault("code") ?? "Unknown");
    throw new ResourceInError(status, `Message: ${message}, Code: ${code}`);
  }

  protected override updateHandler(change: ResourceChange): Handler {
    const { template, properties } = change;
    return this.byTasks(
      function* (this: Server): Op<readonly (() => Stepped)[]> {
        const { Metadata: metadata } = template;
        if (metadata !== undefined) this.setMetadata(isObject(metadata) ? metadata : {});
        const { clients, name, ownId: id } = this;
        const property = (key: string): Op<Json> => this.properties.get(key);
        return yield* serverTasks({ clients, name, id, property }, properties);
      }.bind(this),
    );
  }

  override *metadataUpdate(metadata: Json = null): Op<void> {
    if (metadata !== null) return;
    const fresh = yield* this.freshMetadata();
    this.setMetadata({ ...fresh, ...(yield* metadataOf(this.definition)) });
  }

  protected override deleteHandler(): Handler {
    const { kernel } = this.stack.parts;
    const find = (): Op<HeldServer | undefined> => this.#toDelete();
    const label = this.toString();
    const deleted = (server: HeldServer): Stepped => this.clients.nova.deleteServer(server);
    let runner: TaskRunner | undefined;
    return {
      *handle() {
        const server = yield* find();
        if (server === undefined) return null;
        runner = new TaskRunner(kernel, label, () => deleted(server));
        yield* runner.start();
        return null;
      },
      *check() {
        return runner === undefined || (yield* runner.step());
      },
    };
  }

  *#toDelete(): Op<HeldServer | undefined> {
    if (this.resourceId === null) return undefined;
    const format = yield* this.properties.get("user_data_format");
    if (format === "SOFTWARE_CONFIG") yield* this.deleteUser();
    try {
      return yield* this.clients.nova.server(this.resourceId);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (this.clients.nova.isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** One that has been made. @throws HeatError, NotFound */
  *#found(verb: string): Op<HeldServer> {
    const { resourceId: id } = this;
    if (id === null) throw new HeatError(`Cannot ${verb} ${this.name}, resource_id not set`);
    try {
      return yield* this.clients.nova.server(id);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!this.clients.nova.isNotFound(error)) throw error;
      throw new NotFound({}, `Failed to find server ${id}`);
    }
  }

  protected override suspendHandler(): Handler {
    const find = (): Op<HeldServer> => this.#found("suspend");
    return this.byTask(() => this.#suspended(find));
  }

  *#suspended(find: () => Op<HeldServer>): Stepped {
    const server = yield* find();
    yield* endStep();
    yield* (yield* this.clients.nova.client()).action(server.id, "suspend");
    let status = yield* server.status();
    while (status !== "SUSPENDED") {
      yield* this.clients.nova.refresh(server);
      status = yield* server.status();
      if (status === "SUSPENDED") return;
      if (!DEFERRED_STATUSES.includes(status) && status !== "ACTIVE") {
        const what = `Suspend of server ${server.name} failed with unknown status: ${status}`;
        throw new HeatError(what);
      }
      yield* endStep();
    }
  }

  protected override resumeHandler(): Handler {
    const begin = (): Op<HeldServer> => this.#resume();
    const active = (resumed: HeldServer): Op<boolean> => this.#active(resumed);
    let server: HeldServer | undefined;
    return {
      *handle() {
        server = yield* begin();
        return null;
      },
      *check() {
        return server === undefined || (yield* active(server));
      },
    };
  }

  *#resume(): Op<HeldServer> {
    const server = yield* this.#found("resume");
    yield* (yield* this.clients.nova.client()).action(server.id, "resume");
    return server;
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    const { nova } = this.clients;
    if (name === "first_address") {
      const address = yield* nova.firstAddress(this.ownId);
      return truth(address) ? address : "";
    }
    if (name === "name") return yield* this.#name();
    let server: HeldServer;
    try {
      server = yield* nova.server(this.ownId);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (nova.isNotFound(error)) return "";
      throw error;
    }
    const { info } = server;
    switch (name) {
      case "addresses":
        return withAddressPorts(info, yield* (yield* nova.client()).interfaces.of(server.id));
      case "networks":
        return server.networks;
      case "instance_name":
        return info["OS-EXT-SRV-ATTR:instance_name"] ?? null;
      case "show":
        return info;
      default:
        return info[name] ?? null;
    }
  }
}

const personality = (files: JsonObject): JsonObject[] =>
  Object.keys(files)
    .sort()
    .map((path) => ({
      path,
      contents: b64encode(utf8ToBytes(wellFormed(str(files[path] ?? null)))),
    }));
