/** Hosts, and builds of agents for guests, for administrators. Upstream: novaclient/v1_1/hosts.py, agents.py at 2.20.0. */
import type { Op } from "../../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../../python/index.js";
import { isObjectAtAll, Manager } from "../manager.js";

export class HostManager extends Manager {
  all(zone?: string): Op<JsonObject[]> {
    const query = zone === undefined || zone === "" ? "" : `?zone=${zone}`;
    return this.list(`/os-hosts${query}`, "hosts", isObjectAtAll);
  }

  /** What it has and who uses it, an entry each. */
  *describe(host: string): Op<JsonObject[]> {
    const found = yield* this.list(`/os-hosts/${host}`, "host", isObjectAtAll);
    return found.map(({ resource }) => (isObject(resource) ? resource : {}));
  }

  change(host: string, values: JsonObject): Op<JsonObject> {
    return this.replace(`/os-hosts/${host}`, values);
  }

  /** @param action `startup`, `shutdown` or `reboot` */
  *power(host: string, action: string): Op<void> {
    yield* this.read(`/os-hosts/${host}/${action}`);
  }
}

export interface AgentBuild {
  readonly os: string;
  readonly architecture: string;
  readonly version: string;
  readonly url: string;
  readonly md5hash: string;
  readonly hypervisor: string;
}

export class AgentManager extends Manager {
  all(hypervisor?: string): Op<JsonObject[]> {
    const asked = hypervisor === undefined || hypervisor === "";
    const query = asked ? "" : `?hypervisor=${hypervisor}`;
    return this.list(`/os-agents${query}`, "agents", isObjectAtAll);
  }

  make(build: AgentBuild): Op<JsonObject> {
    return this.create("/os-agents", { agent: { ...build } }, "agent", isObjectAtAll);
  }

  change(id: string, para: Pick<AgentBuild, "version" | "url" | "md5hash">): Op<JsonObject> {
    return this.update(`/os-agents/${id}`, { para: { ...para } }, "agent", isObjectAtAll);
  }

  delete(id: string): Op<void> {
    return this.remove(`/os-agents/${id}`);
  }
}
