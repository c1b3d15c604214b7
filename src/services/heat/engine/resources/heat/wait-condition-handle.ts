/**
 * What a wait condition waits by: it takes signals and keeps what they say in its metadata. Upstream:
 * heat/engine/resources/wait_condition.py (BaseWaitConditionHandle and its kinds) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  noAttribute,
  setMember,
  str,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { urlPath } from "../../../identifier.js";
import { schemata } from "../../properties/schema.js";
import type { Handler } from "../resource.js";
import { atOnce, type TypeFacts } from "../service-resource.js";
import { SignalResponder } from "../signal-responder.js";

/** How the members of a signal are called. */
export interface SignalWords {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly data: string;
}

const NATIVE_WORDS: SignalWords = { id: "id", status: "status", reason: "reason", data: "data" };
const AWS_WORDS: SignalWords = {
  id: "UniqueId",
  status: "Status",
  reason: "Reason",
  data: "Data",
};

const STATUSES: readonly Json[] = ["FAILURE", "SUCCESS"];

export abstract class BaseWaitConditionHandle extends SignalResponder {
  abstract get words(): SignalWords;

  protected *keep(signal: JsonObject): Op<string> {
    const { id, status, reason, data } = this.words;
    const keys = [id, status, reason, data].sort().join();
    const sound = Object.keys(signal).sort().join() === keys;
    if (!sound || !STATUSES.includes(signal[status] ?? null)) {
      this.stack.parts.log("error", `Metadata failed validation for ${this.name}`);
      throw new ValueError("Metadata format invalid");
    }
    const known = yield* this.freshMetadata();
    const own = signal[id] ?? null;
    if (typeof own === "string" && Object.hasOwn(known, own)) {
      this.stack.parts.log("warning", `Overwriting Metadata item for id ${own}!`);
    }
    const kept: Record<string, Json> = { ...known };
    const { [id]: _id, ...safe } = signal;
    setMember(kept, str(own), safe);
    this.setMetadata(kept);
    return `status:${str(safe[status] ?? null)} reason:${str(safe[reason] ?? null)}`;
  }

  /** What signals have said so far. */
  *signals(): Op<readonly JsonObject[]> {
    const metadata = yield* this.freshMetadata();
    return dictOrder(Object.keys(metadata)).flatMap((id) => {
      const signal = metadata[id] ?? null;
      return isObject(signal) ? [signal] : [];
    });
  }

  /** Reasons of those of a status. */
  *reasons(status: string): Op<string[]> {
    const { words } = this;
    return (yield* this.signals())
      .filter((signal) => signal[words.status] === status)
      .map((signal) => str(signal[words.reason] ?? null));
  }
}

const NATIVE: TypeFacts = {
  className: "HeatWaitConditionHandle",
  schemata: schemata({}),
  attributes: ["token", "endpoint", "curl_cli"],
};

export class HeatWaitConditionHandle extends BaseWaitConditionHandle {
  protected override get facts(): TypeFacts {
    return NATIVE;
  }

  override get words(): SignalWords {
    return NATIVE_WORDS;
  }

  protected override get password(): string | null {
    return this.data("password") ?? null;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    this.setData("password", this.stack.parts.ids.uuid().replaceAll("-", ""));
    yield* this.createUser();
    this.setResourceId(this.userId() ?? null);
    this.setData("token", yield* this.userToken());
    this.setData("endpoint", `${yield* this.#endpoint()}/signal`);
  }

  /** Heat's address, with the resource in the place of the tenant. */
  *#endpoint(): Op<string> {
    const tenant = this.clients.context.tenant_id ?? "";
    const url = yield* this.clients.heat.url();
    return url
      .replaceAll(tenant, urlPath(this.identity()))
      .replaceAll(tenant, this.stack.userProjectId ?? "None");
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.deleteUser());
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    if (this.resourceId === null) return null;
    const [token, endpoint] = [this.data("token") ?? null, this.data("endpoint") ?? null];
    if (name === "token") return token;
    if (name === "endpoint") return endpoint;
    const headers = [
      `X-Auth-Token: ${str(token)}`,
      "Content-Type: application/json",
      "Accept: application/json",
    ];
    const options = headers.map((header) => `-H '${header}'`).join(" ");
    return `curl -i -X POST ${options} ${str(endpoint)}`;
  }

  protected override signalHandler(): (details: Json) => Op<string | null> {
    return (details) => this.#signal(details);
  }

  /** What is missing is made up, and it is a success. */
  *#signal(details: Json): Op<string> {
    if (truth(details) && !isObject(details)) throw noAttribute(details, "setdefault");
    const number = Object.keys(yield* this.freshMetadata()).length + 1;
    return yield* this.keep({
      reason: `Signal ${String(number)} received`,
      data: null,
      id: number,
      status: "SUCCESS",
      ...(isObject(details) && details),
    });
  }
}

const AWS: TypeFacts = { className: "WaitConditionHandle", schemata: schemata({}) };

/** AWS::CloudFormation::WaitConditionHandle: what refers to it gets a signed URL. */
export class WaitConditionHandle extends BaseWaitConditionHandle {
  protected override get facts(): TypeFacts {
    return AWS;
  }

  override get words(): SignalWords {
    return AWS_WORDS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    yield* this.createSigner();
    this.setResourceId(this.userId() ?? null);
  }

  override refId(): string {
    return this.resourceId === null ? this.name : str(this.signedUrl("/waitcondition"));
  }

  override *metadataUpdate(metadata: Json = null): Op<void> {
    if (isObject(metadata)) yield* this.keep(metadata);
  }

  protected override signalHandler(): (details: Json) => Op<string | null> {
    return (details) => this.#signal(details);
  }

  *#signal(details: Json): Op<string | null> {
    if (details === null) return null;
    if (!isObject(details)) throw noAttribute(details, "keys");
    return yield* this.keep(details);
  }
}

/** OS::Heat::UpdateWaitConditionHandle: another one after each update. */
export class UpdateWaitConditionHandle extends WaitConditionHandle {
  protected override get facts(): TypeFacts {
    return { ...AWS, className: "UpdateWaitConditionHandle" };
  }

  protected override *alwaysReplaced(): Op<boolean> {
    return true;
  }
}
