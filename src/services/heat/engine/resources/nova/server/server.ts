/**
 * OS::Nova::Server: made, watched, changed, suspended, kept as an image, deleted. What it is asked for, and what is done
 * when it changes, is in files beside. Upstream: heat/engine/resources/server.py (Server) at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../../kernel/index.js";
import {
  isObject,
  KeyError,
  PythonTypeError,
  repr,
  str,
  truth,
  type Json,
} from "../../../../../../python/index.js";
import { HeldServer, type UserDataFormat } from "../../../../clients/index.js";
import { NotFound } from "../../../../exception.js";
import { exceptionOf, TaskRunner } from "../../../scheduler/task.js";
import { metadataOf } from "../../../template/resource-definition.js";
import { HeatError } from "../../errors.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, objectsOf, type TypeFacts } from "../../service-resource.js";
import { serverAttribute } from "./attributes.js";
import { bootRequest, userDataContent, type WantedServer } from "./boot.js";
import { NAME_LIMIT, SERVER } from "./properties.js";
import { isActive, suspended } from "./status.js";
import { ConfiguredServer } from "./transport.js";
import { serverTasks } from "./update.js";
import { validateServer } from "./validation.js";

export class Server extends ConfiguredServer {
  protected override get facts(): TypeFacts {
    return SERVER;
  }

  override physicalName(): string | null {
    return super.physicalName(NAME_LIMIT);
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
    const active = (made: HeldServer): Op<boolean> => isActive(this.clients, made);
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
    const { clients, properties } = this;
    const format = str(yield* properties.get("user_data_format")) as UserDataFormat;
    const wanted: WantedServer = {
      ...{ clients, name: yield* this.#name() },
      property: (name) => properties.get(name),
    };
    const content = yield* userDataContent(wanted);
    const metadata = { ...(yield* this.freshMetadata()) };
    if (yield* this.isConfigured()) yield* this.addDeployments(metadata);
    const instanceUser = (yield* this.text("admin_user")) ?? clients.flags.instance_user;
    const { nova } = clients;
    const userData = nova.userData({ metadata, userData: content, instanceUser, format });
    const body = yield* bootRequest(wanted, userData);
    const client = yield* nova.client();
    const server = new HeldServer(client, yield* client.createServer(body), false);
    this.setResourceId(server.id);
    return server;
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
    if (yield* this.isConfigured()) yield* this.deleteUser();
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
    yield* suspended(
      this.clients,
      server,
      (status) => `Suspend of server ${server.name} failed with unknown status: ${status}`,
    );
  }

  protected override resumeHandler(): Handler {
    const begin = (): Op<HeldServer> => this.#resume();
    const active = (resumed: HeldServer): Op<boolean> => isActive(this.clients, resumed);
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

  /** An image of it, until Nova has it; whose it is stands in the data of the resource. @throws HeatError */
  protected override snapshotHandler(): Handler {
    const { nova } = this.clients;
    const [id, name] = [this.ownId, this.physicalName() ?? ""];
    const keep = (image: string): void => {
      this.setData("snapshot_image_id", image);
    };
    return {
      *handle() {
        return yield* (yield* nova.client()).serverActions.createImage(id, name);
      },
      *check(image) {
        const { id: made, status } = yield* (yield* nova.client()).image(str(image));
        if (status === "ERROR") throw new HeatError(status);
        if (status === "ACTIVE") keep(made);
        return status === "ACTIVE";
      },
    };
  }

  protected override deleteSnapshotHandler(kept: Json): Handler {
    return atOnce(() => this.#deleteImage(kept));
  }

  /** @throws KeyError for a snapshot that has none */
  *#deleteImage(kept: Json): Op<void> {
    const data = isObject(kept) ? (kept["resource_data"] ?? null) : null;
    const image = isObject(data) ? data["snapshot_image_id"] : undefined;
    if (image === undefined) throw new KeyError(repr("snapshot_image_id"));
    const { nova } = this.clients;
    try {
      yield* (yield* nova.client()).deleteImage(str(image));
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!nova.isNotFound(error)) throw error;
    }
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    if (name === "name") return yield* this.#name();
    return yield* serverAttribute(this.clients, this.ownId, name);
  }
}
