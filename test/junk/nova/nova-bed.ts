/** A cloud with one of everything that Nova's bodies speak of, and an administrator who sends them. */
import { Cloud } from "../../../src/cloud/cloud.js";
import type { Observation, Observer } from "../../../src/kernel/index.js";
import type { Json } from "../../../src/python/index.js";
import { Visitor } from "../rest/visitor.js";
import { thrown } from "../thrown.js";
import type { Right } from "./right.js";

const MADE = [
  ["demo", "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private"],
  ["admin", "cinder create 1 --display-name v1"],
  ["admin", "nova aggregate-create a"],
  ["admin", "nova baremetal-node-create h 1 512 1 bb:bb:bb:bb:bb:bb"],
] as const;

/** A token lasts for so many requests: one of them may have done away with it. */
const RENEWED_AFTER = 40;

/** Keeps what nova-api has logged of the last request. */
class Log implements Observer {
  lastError = "";
  #seq = 0;

  observe(_time: number, what: Observation): number {
    const { kind, level, actor, message } = what as unknown as Readonly<Record<string, unknown>>;
    const own = kind === "log" && level === "error" && String(actor).startsWith("nova-api");
    if (own && typeof message === "string") this.lastError = message;
    return this.#seq++;
  }
}

export interface Answered {
  readonly status: number;
  /** What was answered, and what nova-api logged of it. */
  readonly said: string;
}

export class NovaJunkBed {
  readonly #log = new Log();
  readonly #cloud = new Cloud({
    ...{ computes: 2, seed: 7, services: ["cinder"], observer: this.#log },
    // So that what comes last is looked at as what came first.
    flags: {
      "neutron-server": { quota_security_group: -1 },
      "cinder-api": { quota_snapshots: -1, quota_gigabytes: -1 },
    },
  });
  readonly #visitor: Visitor;
  readonly #names: Readonly<Record<string, string>>;
  #sent = 0;

  constructor() {
    for (const [user, line] of MADE) {
      this.#cloud.user(user).command(line);
      this.#cloud.settle();
    }
    this.#visitor = new Visitor(this.#cloud);
    const id = (kind: string, name: string): string => this.#cloud.id(kind, name) ?? "";
    this.#names = {
      server: id("server", "t1"),
      image: id("image", "cirros"),
      network: id("network", "private"),
      volume: id("volume", "v1"),
      tenant: this.#visitor.tenant,
      group: "1",
    };
    this.#cloud.kernel.unchecked.admit();
  }

  /** Send what is right, with another body. @throws what is wrong with the answer whatever was sent */
  send({ method, path }: Right, body: Json | undefined): Answered {
    if (++this.#sent % RENEWED_AFTER === 0) this.#visitor.renew();
    const url = `http://controller:8774/v2/${this.#visitor.tenant}${this.#filled(path)}`;
    const text = body === undefined ? undefined : this.#filled(JSON.stringify(body));
    const request = { method, url, body: text === undefined ? text : (JSON.parse(text) as Json) };
    let said = "";
    this.#log.lastError = "";
    const status = thrown(this.#cloud.kernel, request, () => {
      const answer = this.#visitor.ask(request);
      said = `${JSON.stringify(answer.body)} ${this.#log.lastError}`;
      return answer;
    });
    return { status, said };
  }

  #filled(text: string): string {
    return text.replace(/\{(\w+)\}/gu, (written, name: string) => this.#names[name] ?? written);
  }
}
