/**
 * A conductor with who it speaks to: a scheduler and nova-computes that only keep what they are
 * told, and a Glance that has one image.
 */
import { RpcServer, endpoint, type ArgsOf, type Serves } from "../../../../src/bus/index.js";
import type { FlagValues, RequestContext } from "../../../../src/framework/index.js";
import { HttpServer, respond, type HttpRequest } from "../../../../src/http/index.js";
import type { Op } from "../../../../src/kernel/index.js";
import type { Exception } from "../../../../src/python/index.js";
import { computeApi } from "../../../../src/services/nova/compute/rpcapi.js";
import { novaConductor } from "../../../../src/services/nova/conductor/index.js";
import { objectSerializer } from "../../../../src/services/nova/objects/wire/serializer.js";
import {
  schedulerApi,
  type Destination,
  type FilterProperties,
  type RequestSpec,
} from "../../../../src/services/nova/scheduler/rpcapi.js";
import { NovaBed, IMAGE } from "../bed.js";

type ComputeMethods = (typeof computeApi)["methods"];
type Build = ArgsOf<ComputeMethods["build_and_run_instance"]>;
type Unshelve = ArgsOf<ComputeMethods["unshelve_instance"]>;

/** A message that reached a nova-compute. */
export type Told =
  | { readonly host: string; readonly method: "build_and_run_instance"; readonly args: Build }
  | { readonly host: string; readonly method: "unshelve_instance"; readonly args: Unshelve }
  | {
      readonly host: string;
      readonly method: "start_instance";
      readonly args: { instance: object };
    };

export interface Asked {
  readonly request_spec: RequestSpec;
  readonly filter_properties: FilterProperties;
}

export class ConductorBed extends NovaBed {
  /** What the scheduler was asked. */
  readonly asked: Asked[] = [];
  /** What nova-computes were told. */
  readonly told: Told[] = [];
  /** `METHOD /path` of each request to Glance. */
  readonly glance: string[] = [];
  imageStatus = 200;
  /** What the scheduler answers with: hosts, or whatever it says of them; an exception is raised there. */
  answer: Exception | readonly (string | Partial<Destination>)[] = ["c1", "c2", "c3"];
  stopScheduler = (): void => {};
  /** Done when the scheduler is asked. */
  meanwhile: () => void = () => {};

  constructor(flags: FlagValues = {}) {
    super({ notification_driver: ["messaging"], ...flags });
    this.start(novaConductor(this.nova("nova-conductor"), this.db));
    this.#startScheduler();
    for (const host of ["c1", "c2"]) this.#startCompute(host);
    new HttpServer(this.network, {
      actor: "glance-api@controller",
      address: "controller:9292",
      application: (request) => this.#image(request),
    }).start();
  }

  /** Send a cast and let all that follows happen. */
  cast(op: Op<void>): void {
    this.run(op);
    this.kernel.settle();
  }

  /** Notifications so far. */
  notifications() {
    return this.of<{
      kind: "notification";
      event_type: string;
      publisher_id: string;
      priority: string;
      payload: Readonly<Record<string, unknown>>;
    }>("notification");
  }

  #startScheduler(): void {
    const scheduler: Serves<typeof schedulerApi, RequestContext> = {
      select_destinations: (_ctxt, args) => this.#select(args),
    };
    const { bus } = this.nova("nova-scheduler");
    const server = new RpcServer(bus, {
      topic: "scheduler",
      server: "controller",
      serializer: objectSerializer(this.store),
      endpoints: [endpoint<typeof schedulerApi, RequestContext>(schedulerApi, scheduler)],
      onError: () => undefined,
    });
    server.start();
    this.stopScheduler = () => server.stop();
  }

  *#select(args: Asked): Op<Destination[]> {
    this.asked.push(args);
    this.meanwhile();
    const { answer } = this;
    if (!Array.isArray(answer)) throw answer as Exception;
    return answer
      .slice(0, args.request_spec.num_instances)
      .map((host) =>
        typeof host === "string"
          ? { host, nodename: `${host}-node`, limits: { memory_mb: 12288 } }
          : (host as Destination),
      );
  }

  #startCompute(host: string): void {
    const tell = (method: Told["method"]) =>
      function* (this: ConductorBed, _ctxt: RequestContext, args: object): Op<void> {
        this.told.push({ host, method, args } as Told);
      }.bind(this);
    const methods = Object.keys(computeApi.methods) as Told["method"][];
    const compute = Object.fromEntries(methods.map((method) => [method, tell(method)]));
    new RpcServer(this.nova("nova-compute", host).bus, {
      topic: "compute",
      server: host,
      serializer: objectSerializer(this.store),
      endpoints: [
        endpoint<typeof computeApi, RequestContext>(
          computeApi,
          compute as unknown as Serves<typeof computeApi, RequestContext>,
        ),
      ],
      onError: () => undefined,
    }).start();
  }

  *#image({ method, path }: HttpRequest) {
    this.glance.push(`${method} ${path}`);
    if (this.imageStatus !== 200) return respond(this.imageStatus);
    return respond(200, null, {
      "x-image-meta-id": IMAGE,
      "x-image-meta-name": "t3-shelved",
      "x-image-meta-status": "active",
      "x-image-meta-size": "13287936",
      "x-image-meta-min_disk": "1",
      "x-image-meta-min_ram": "0",
      "x-image-meta-is_public": "False",
      "x-image-meta-deleted": "False",
    });
  }
}
