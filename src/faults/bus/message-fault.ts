/**
 * A fault that strikes single messages: which ones, and how many. What becomes of each is its
 * verb's. A message is struck by one fault at most, the one declared first.
 */
import type { Message } from "../../bus/message.js";
import { between, type Cause, type Duration, type Kernel } from "../../kernel/index.js";
import { isOn, type MessageAim, type MessageKind } from "../aim.js";
import type { Fault } from "../fault.js";
import { Tally } from "../tally.js";
import type { InFlight } from "./in-flight.js";
import type { Subject } from "./subject.js";

/** A message that a fault strikes. */
export interface MessageBlow {
  readonly message: Message;
  readonly flight: InFlight;
  /** The entry that says so. */
  readonly cause: Cause;
  /** Hold it back until the next that fits has overtaken it, or for `within`. */
  readonly holdUntilOvertaken: (within: Duration) => void;
}

export class MessageFault {
  readonly fault: Fault;
  readonly of: MessageKind;
  readonly #kernel: Kernel;
  readonly #aim: MessageAim;
  readonly #strike: (blow: MessageBlow) => void;
  readonly #tally: Tally;
  /** Lets go what waits to be overtaken. */
  #waiting: ((delay: Duration) => void) | undefined;

  constructor(kernel: Kernel, fault: Fault, aim: MessageAim, strike: (blow: MessageBlow) => void) {
    this.#kernel = kernel;
    this.fault = fault;
    this.#aim = aim;
    this.of = aim.of ?? "request";
    this.#strike = strike;
    this.#tally = new Tally(kernel, fault, aim);
    fault.onLift(() => {
      this.#letGo();
    });
  }

  /** A request aimed at a host is struck where it arrives, as nobody knows before who takes it. */
  get atArrival(): boolean {
    return this.of === "request" && this.#aim.host !== undefined;
  }

  /** Whether nothing can be struck any more. */
  get over(): boolean {
    return this.fault.lifted || (this.#tally.over && this.#waiting === undefined);
  }

  /** Strike what `subject` is about, if it is meant. @returns whether it is seen to */
  meets(subject: Subject, flight: InFlight): boolean {
    if (!this.#fits(subject)) return false;
    const { message } = subject;
    const release = this.#waiting;
    if (release !== undefined) {
      this.#waiting = undefined;
      release(between(this.#kernel.now, flight.pass(message)));
      return true;
    }
    if (!this.#tally.count()) return false;
    const cause = this.fault.strike(message);
    const holdUntilOvertaken = (within: Duration): void => {
      this.#hold(flight.hold(message), within);
    };
    this.#strike({ message, flight, cause, holdUntilOvertaken });
    return true;
  }

  #fits({ message, topic, method, from, to }: Subject): boolean {
    const aim = this.#aim;
    return (
      message.kind === this.of &&
      this.#tally.due &&
      (aim.topic === undefined || aim.topic === topic || topic.startsWith(`${aim.topic}.`)) &&
      (aim.method === undefined || aim.method === method) &&
      (aim.from === undefined || isOn(from, aim.from)) &&
      (aim.host === undefined || (to !== undefined && isOn(to, aim.host)))
    );
  }

  #hold(release: (delay: Duration) => void, within: Duration): void {
    this.#waiting = release;
    this.#kernel.after(within, () => {
      if (this.#waiting === release) this.#letGo();
    });
  }

  #letGo(): void {
    this.#waiting?.(0);
    this.#waiting = undefined;
  }
}
