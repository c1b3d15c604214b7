/**
 * AWS::EC2::Instance: a server of Nova's, with volumes that come and go with it, also while it is suspended. Upstream:
 * heat/engine/resources/instance.py (Instance) at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../../kernel/index.js";
import { isObject, str, textOf, truth, type Json } from "../../../../../../python/index.js";
import { HeldServer } from "../../../../clients/index.js";
import { NotFound, ResourcePropertyConflict } from "../../../../exception.js";
import { pollingGroup } from "../../../scheduler/polling-group.js";
import { exceptionOf, TaskRunner } from "../../../scheduler/task.js";
import { metadataOf } from "../../../template/resource-definition.js";
import { attachTask, detachTask } from "../../cinder/volume-tasks.js";
import { HeatError } from "../../errors.js";
import { NAME_LIMIT } from "../../nova/server/properties.js";
import { isActive, suspended } from "../../nova/server/status.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { objectsOf, ServiceResource, type TypeFacts } from "../../service-resource.js";
import { tagged } from "../tags.js";
import { instanceRequest } from "./instance-boot.js";
import { cardTasks, deleteOwnPort, type OwnPort } from "./instance-interfaces.js";
import { INSTANCE, validateDevices } from "./instance-properties.js";

const INACTIVE = "Instance is not active";

export class Instance extends ServiceResource {
  protected override get facts(): TypeFacts {
    return INSTANCE;
  }

  override physicalName(): string | null {
    return super.physicalName(NAME_LIMIT);
  }

  override *validate(): Op<void> {
    yield* super.validate();
    const groups = yield* this.#groups();
    if (groups.length > 0 && truth(yield* this.properties.get("NetworkInterfaces"))) {
      throw new ResourcePropertyConflict("SecurityGroups/SecurityGroupIds", "NetworkInterfaces");
    }
    yield* validateDevices((name) => this.properties.get(name));
  }

  *#groups(): Op<readonly Json[]> {
    return [...(yield* this.list("SecurityGroups")), ...(yield* this.list("SecurityGroupIds"))];
  }

  get #ownPort(): OwnPort {
    return {
      id: this.data("port_id"),
      keep: (id) => {
        this.setData("port_id", id);
      },
      forget: () => {
        this.deleteData("port_id");
      },
    };
  }

  protected override createHandler(): Handler {
    return this.#active(() => this.#make());
  }

  /** Until it is there, and its volumes are. */
  #active(begin: () => Op<HeldServer>): Handler {
    const { clients } = this;
    const attach = new TaskRunner(this.stack.parts.kernel, this.toString(), () => this.#attached());
    let server: HeldServer | undefined;
    return {
      *handle() {
        server = yield* begin();
        return null;
      },
      *check() {
        if (server === undefined || !(yield* isActive(clients, server, INACTIVE))) return false;
        if (attach.started) return yield* attach.step();
        yield* attach.start();
        return attach.done;
      },
    };
  }

  *#make(): Op<HeldServer> {
    const { clients, properties } = this;
    const body = yield* instanceRequest({
      ...{ clients, name: this.physicalName() ?? "", port: this.#ownPort },
      groups: yield* this.#groups(),
      metadata: yield* this.metadata(),
      property: (name) => properties.get(name),
    });
    const client = yield* clients.nova.client();
    const server = new HeldServer(client, yield* client.createServer(body), false);
    this.setResourceId(server.id);
    return server;
  }

  *#attached(): Stepped {
    const { clients, ownId } = this;
    const { kernel, log } = this.stack.parts;
    const volumes = objectsOf(yield* this.properties.get("Volumes"));
    const tasks = volumes.map((volume) => (): Stepped => {
      const [id, device] = [textOf(volume, "VolumeId"), textOf(volume, "Device")];
      return attachTask({ clients, log }, ownId, id, device, () => undefined);
    });
    yield* pollingGroup(kernel, `Attaching volumes to ${this.name}`, tasks);
  }

  /** An attachment has the id of its volume. */
  *#detached(): Stepped {
    const { clients, ownId } = this;
    const { kernel, log } = this.stack.parts;
    const volumes = objectsOf(yield* this.properties.get("Volumes"));
    const tasks = volumes.map(
      (volume) => (): Stepped => detachTask({ clients, log }, ownId, textOf(volume, "VolumeId")),
    );
    yield* pollingGroup(kernel, `Detaching volumes from ${this.name}`, tasks);
  }

  protected override checkHandler(): Handler {
    const { clients, ownId } = this;
    return {
      *handle() {
        const server = yield* clients.nova.server(ownId);
        if (yield* isActive(clients, server, INACTIVE)) return null;
        const status = textOf(server.info, "status").trim();
        throw new HeatError(`Instance is not ACTIVE (was: ${status})`);
      },
    };
  }

  protected override updateHandler(change: ResourceChange): Handler {
    return this.byTasks(() => this.#changes(change));
  }

  *#changes({ template, properties: changed }: ResourceChange): Op<(() => Stepped)[]> {
    const { nova } = this.clients;
    const { Metadata: metadata } = template;
    if (metadata !== undefined) this.setMetadata(isObject(metadata) ? metadata : {});
    const has = (key: string): boolean => Object.hasOwn(changed, key);
    const tasks: (() => Stepped)[] = [];
    if (!["Tags", "InstanceType", "NetworkInterfaces"].some(has)) return tasks;
    const server = yield* nova.server(this.ownId);
    if (has("Tags")) yield* nova.updateMetadata(server, tagged(changed["Tags"]));
    if (has("InstanceType")) {
      const flavor = str(changed["InstanceType"] ?? null);
      const id = yield* nova.flavorId(flavor);
      tasks.push(() => nova.resize(server, flavor, id));
    }
    if (!has("NetworkInterfaces")) return tasks;
    const subnet = changed["SubnetId"] ?? null;
    const after = {
      interfaces: changed["NetworkInterfaces"] ?? null,
      groups: yield* this.#groups(),
      subnet: truth(subnet) ? subnet : yield* this.properties.get("SubnetId"),
    };
    const before = yield* this.properties.get("NetworkInterfaces");
    const cards = yield* cardTasks(this.clients, this.ownId, before, after, this.#ownPort);
    return [...tasks, ...cards];
  }

  override *metadataUpdate(metadata: Json = null): Op<void> {
    if (metadata === null) this.setMetadata(yield* metadataOf(this.definition));
  }

  protected override deleteHandler(): Handler {
    return this.byTasks(() => this.#ending());
  }

  *#ending(): Op<readonly (() => Stepped)[]> {
    yield* deleteOwnPort(this.clients, this.#ownPort);
    const { nova } = this.clients;
    if (this.resourceId === null) return [];
    try {
      const server = yield* nova.server(this.resourceId);
      return [() => this.#detached(), () => nova.deleteServer(server)];
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (nova.isNotFound(error)) return [];
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
      throw new NotFound({}, `Failed to find instance ${id}`);
    }
  }

  protected override suspendHandler(): Handler {
    return this.byTask(() => this.#suspended());
  }

  *#suspended(): Stepped {
    const server = yield* this.#found("suspend");
    yield* endStep();
    yield* this.#detached();
    const what = ` nova reported unexpected instance[${this.name}] status`;
    yield* suspended(this.clients, server, (status) => `${what}[${status}]`);
  }

  protected override resumeHandler(): Handler {
    return this.#active(() => this.#resumed());
  }

  *#resumed(): Op<HeldServer> {
    const server = yield* this.#found("resume");
    yield* (yield* this.clients.nova.client()).action(server.id, "resume");
    return server;
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    if (name === "AvailabilityZone") return yield* this.#zone();
    const address = yield* this.clients.nova.firstAddress(this.ownId);
    return truth(address) ? address : "0.0.0.0";
  }

  *#zone(): Op<Json> {
    const said = yield* this.properties.get("AvailabilityZone");
    if (said !== null) return truth(said) ? said : null;
    const { nova } = this.clients;
    try {
      const { info } = yield* nova.server(this.ownId);
      return info["OS-EXT-AZ:availability_zone"] ?? null;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (nova.isNotFound(error)) return null;
      throw error;
    }
  }
}
