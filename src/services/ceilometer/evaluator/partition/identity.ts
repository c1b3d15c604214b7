/** One evaluator among several: who is older leads. Upstream: ceilometer/alarm/partition/coordination.py (PartitionIdentity) at 2014.2. */
import { floatStr, hashable, str, type Json } from "../../../../python/index.js";

export class PartitionIdentity {
  readonly uuid: Json;
  /** Seconds since 1970 at which it started; whatever else a message says. */
  readonly priority: Json;
  /** By which it is found again. @throws PythonTypeError for what cannot be a key */
  readonly key: string;

  constructor(uuid: Json, priority: Json) {
    this.uuid = uuid;
    this.priority = priority;
    this.key = JSON.stringify([hashable(uuid), hashable(priority)]);
  }

  /** `self < other`; whoever there is comes before nobody. */
  isBefore(other: PartitionIdentity | undefined): boolean {
    if (other === undefined) return true;
    const [mine, theirs] = [rank(this.priority), rank(other.priority)];
    return mine === theirs ? str(this.uuid) < str(other.uuid) : mine < theirs;
  }

  /** `repr(self)`. */
  get name(): string {
    const { priority } = this;
    return `${str(this.uuid)}:${typeof priority === "number" ? floatStr(priority) : str(priority)}`;
  }
}

/** In Python 2 None is less than any number, and any number less than a text. */
function rank(priority: Json): number {
  if (typeof priority === "number") return priority;
  return priority === null ? -Infinity : Infinity;
}
