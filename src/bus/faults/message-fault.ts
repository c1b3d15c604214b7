/**
 * A fault that strikes single messages: which ones, and what becomes of each. A message is struck by
 * one fault at most, the one declared first.
 */
import type { Cause, Kernel, Micros } from "../../kernel/index.js";
import { anotherCopy, type Message, type Reply, type Request } from "../message.js";
import { observeLost } from "../observations.js";
import { Declared, isOn } from "./declared.js";
import type { Passage } from "./passage.js";
import type { MessageAim, MessageKind, ReplyPart, WireFaultSpec } from "./spec.js";

/** What a fault is aimed by. */
export interface Subject {
  readonly message: Message;
  readonly topic: string;
  readonly method: string;
  /** The process that asked. */
  readonly from: string;
  /** The process that is to act, once it is known. */
  readonly to: string | undefined;
}

export type MessageFaultSpec = Exclude<
  WireFaultSpec,
  { stall: unknown } | { cut_off: unknown } | { restart_broker: unknown }
>;

/** How long a message waits for another to overtake it. */
const OVERTAKEN_WITHIN: Micros = 10_000_000;

export class MessageFault {
  readonly declared: Declared<MessageFaultSpec>;
  /** What there is to be struck. */
  readonly of: MessageKind;
  readonly #aim: MessageAim;
  #fitting = 0;
  /** Lets go what waits to be overtaken. */
  #waiting: ((delay: Micros) => void) | undefined;

  constructor(kernel: Kernel, spec: MessageFaultSpec) {
    this.#aim = aimOf(spec);
    this.of = "lose_reply" in spec ? "reply" : (this.#aim.of ?? "request");
    this.declared = new Declared(kernel, spec, this.#aim);
  }

  /** A request aimed at a host is struck where it arrives, as nobody knows before who takes it. */
  get atArrival(): boolean {
    return this.of === "request" && this.#aim.host !== undefined;
  }

  /** Whether nothing can be struck any more. */
  get over(): boolean {
    const { nth } = this.#aim;
    const done = this.declared.strikes >= this.#most || (nth !== undefined && this.#fitting >= nth);
    return this.declared.lifted || (done && this.#waiting === undefined);
  }

  /** Strike what `subject` is about, if it is meant. @returns whether it is seen to */
  meets(subject: Subject, passage: Passage): boolean {
    if (!this.#fits(subject)) return false;
    const release = this.#waiting;
    if (release !== undefined) {
      this.#waiting = undefined;
      release(passage.go(subject.message) - passage.kernel.now);
      return true;
    }
    this.#fitting++;
    const { nth = this.#fitting } = this.#aim;
    if (this.#fitting !== nth || this.declared.strikes >= this.#most) return false;
    this.#strike(subject.message, passage);
    return true;
  }

  /** Lift it; nothing stays behind for it. */
  lift(): void {
    this.#letGo();
    this.declared.lift();
  }

  get #most(): number {
    return this.#aim.times ?? (this.#aim.for === undefined ? 1 : Infinity);
  }

  #fits({ message, topic, method, from, to }: Subject): boolean {
    const aim = this.#aim;
    return (
      message.kind === this.of &&
      this.declared.due &&
      (aim.topic === undefined || aim.topic === topic || topic.startsWith(`${aim.topic}.`)) &&
      (aim.method === undefined || aim.method === method) &&
      (aim.from === undefined || isOn(from, aim.from)) &&
      (aim.host === undefined || (to !== undefined && isOn(to, aim.host)))
    );
  }

  #strike(message: Message, passage: Passage): void {
    const { spec } = this.declared;
    const cause = this.declared.struck(message);
    if ("drop" in spec) drop(message, spec.drop.part, passage, cause);
    else if ("lose_reply" in spec) drop(message, spec.lose_reply.part, passage, cause);
    else if ("delay" in spec) {
      const arrive = passage.keep(message);
      arrive(spec.delay.by);
    } else if ("duplicate" in spec) {
      const copy = anotherCopy(message);
      // Copies of a request share what is in it, and know that they do.
      passage.go(message.kind === "request" ? copy : message);
      passage.go(copy);
    } else this.#reorder(message, passage, spec.reorder.within ?? OVERTAKEN_WITHIN);
  }

  #reorder(message: Message, passage: Passage, within: Micros): void {
    if (isWhole(message)) {
      // A reply's two messages are there already: the second overtakes the first.
      const [value, ending] = halves(message);
      const delay = passage.go(ending) - passage.kernel.now;
      passage.keep(value)(delay);
      return;
    }
    const release = passage.keep(message);
    this.#waiting = release;
    passage.kernel.after(within, () => {
      if (this.#waiting === release) this.#letGo();
    });
  }

  #letGo(): void {
    this.#waiting?.(0);
    this.#waiting = undefined;
  }
}

/** The subject of a message that leaves a process. */
export function leaving(message: Message, key: string, answers: Request | undefined): Subject {
  const { from } = message;
  if (message.kind === "request") {
    return { message, topic: message.topic, method: message.method, from, to: undefined };
  }
  if (message.kind === "reply") {
    const { topic = "", method = "", from: asked = "" } = answers ?? {};
    return { message, topic, method, from: asked, to: from };
  }
  const topic = key.slice(0, Math.max(0, key.lastIndexOf(".")));
  const event = message.body["event_type"];
  return { message, topic, method: typeof event === "string" ? event : "", from, to: from };
}

function drop(message: Message, part: ReplyPart | undefined, passage: Passage, cause: Cause): void {
  if (part === undefined || !isWhole(message)) {
    observeLost(passage.kernel, message, "a fault on the wire", cause);
    return;
  }
  const [value, ending] = halves(message);
  passage.go(part === "value" ? ending : value);
}

const isWhole = (message: Message): message is Reply =>
  message.kind === "reply" && message.part === undefined;

/** The value of a reply, and the marker that ends it: what Juno sends one after the other (RPC-43). */
function halves(reply: Reply): [value: Reply, ending: Reply] {
  return [
    { ...reply, part: "value" },
    { ...reply, part: "end", result: null, failure: undefined },
  ];
}

function aimOf(spec: MessageFaultSpec): MessageAim {
  if ("drop" in spec) return spec.drop;
  if ("delay" in spec) return spec.delay;
  if ("duplicate" in spec) return spec.duplicate;
  if ("reorder" in spec) return spec.reorder;
  return spec.lose_reply;
}
