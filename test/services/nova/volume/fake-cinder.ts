/** Cinder, as far as Nova can tell: volumes with a status, and a note of what it was asked. */
import {
  HttpServer,
  respond,
  type HttpRequest,
  type HttpResponse,
} from "../../../../src/http/index.js";
import type { Op } from "../../../../src/kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../../src/python/index.js";
import type { NovaBed } from "../bed.js";

export const VOLUME = "33333333-0000-4000-8000-000000000000";
export const SNAPSHOT = "44444444-0000-4000-8000-000000000000";
/** What a volume is called that is made here. */
export const MADE = "55555555-0000-4000-8000-000000000000";

/** The flag by which Nova finds it. */
export const AT_FAKE = { "cinder.endpoint_template": "http://controller:8776/v1/%(project_id)s" };

const CONNECTION = {
  driver_volume_type: "iscsi",
  data: { target_portal: "10.0.0.9:3260", target_iqn: "iqn.x", target_lun: 1, access_mode: "rw" },
};

type Answer = HttpResponse | ((request: HttpRequest) => HttpResponse);

export class FakeCinder {
  /** `GET volume`, `os-reserve`, `POST volume`: each with what it was about, where that is told. */
  readonly asked: string[] = [];
  /** Bodies of what was asked, beside. */
  readonly bodies: Json[] = [];
  readonly volumes = new Map<string, JsonObject>();
  /** Answers to the next questions of that name; then it answers as it should. */
  readonly failures = new Map<string, Answer>();
  /** What connections say beside. */
  data: JsonObject = {};
  /** What new volumes are, look by look. */
  readonly progress: string[] = [];

  constructor(bed: NovaBed) {
    this.put(VOLUME);
    const application = (request: HttpRequest): Op<HttpResponse> => this.#answer(request);
    const address = "controller:8776";
    new HttpServer(bed.network, { actor: "cinder-api@controller", address, application }).start();
  }

  put(id: string, values: JsonObject = {}): void {
    const usual = { id, status: "available", size: 1, attachments: [], metadata: {} };
    const names = { display_name: "data", display_description: null, volume_type: "None" };
    this.volumes.set(id, { ...usual, ...names, bootable: "true", ...values });
  }

  /** Whatever is asked by that name from now on. */
  fail(what: string, status: number, message = "no"): void {
    const key = status === 400 ? "badRequest" : "computeFault";
    this.failures.set(what, respond(status, { [key]: { code: status, message } }));
  }

  *#answer(request: HttpRequest): Op<HttpResponse> {
    const { method, path, body } = request;
    const [kind = "", id = "", action] = path.replace(/^\/v1\/[^/]+\//u, "").split("/");
    const name = isObject(body) && action === "action" ? (Object.keys(body)[0] ?? "") : undefined;
    const part = action === "encryption" ? "encryption" : kind.replace(/s$/u, "");
    const what = name ?? `${method} ${part}`;
    this.asked.push(what);
    this.bodies.push(body);
    const failure = this.failures.get(what);
    if (failure !== undefined) return typeof failure === "function" ? failure(request) : failure;
    if (action === "encryption") return respond(200, { control_location: "front-end" });
    if (kind === "snapshots") return respond(200, { snapshot: { id: SNAPSHOT, size: 1 } });
    if (method === "POST" && name === undefined) return this.#make();
    const volume = this.volumes.get(id);
    if (volume === undefined) return respond(404, { itemNotFound: { code: 404, message: "no" } });
    if (method === "DELETE") this.volumes.delete(id);
    if (method === "GET") return respond(200, { volume: this.#seen(id, volume) });
    return this.#act(id, name ?? "");
  }

  #make(): HttpResponse {
    this.put(MADE, { status: "creating" });
    return respond(200, { volume: this.volumes.get(MADE) ?? null });
  }

  #seen(id: string, volume: JsonObject): JsonObject {
    if (volume["status"] !== "creating") return volume;
    const seen = { ...volume, status: this.progress.shift() ?? "available" };
    if (seen.status === "available") this.volumes.set(id, seen);
    return seen;
  }

  #act(id: string, name: string): HttpResponse {
    const now = (values: JsonObject): void => {
      this.volumes.set(id, { ...this.volumes.get(id), ...values });
    };
    const here = { server_id: "00000000-0000-4000-8000-000000000001", device: "/dev/vdb" };
    if (name === "os-reserve") now({ status: "attaching" });
    if (name === "os-unreserve") now({ status: "available" });
    if (name === "os-begin_detaching") now({ status: "detaching" });
    if (name === "os-roll_detaching") now({ status: "in-use" });
    if (name === "os-attach") now({ status: "in-use", attachments: [here] });
    if (name === "os-detach") now({ status: "available", attachments: [] });
    if (name === "os-initialize_connection") {
      const data = { ...CONNECTION.data, ...this.data };
      return respond(200, { connection_info: { ...CONNECTION, data } });
    }
    if (name === "os-migrate_volume_completion") return respond(200, { save_volume_id: MADE });
    return respond(202);
  }
}
