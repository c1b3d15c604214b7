/**
 * What all verbs that strike operations of some hardware have in common: which operation, on which host,
 * how often, and whether it fails, takes longer, or first the one and then the other.
 */
import type { Equipment } from "../../../hardware/equipment.js";
import type { Duration } from "../../../kernel/index.js";
import type { HardwareClass } from "../../hardware-injector.js";
import { nthText, timesText, type Frequency } from "../../tally.js";
import type { FaultVerb, Injectors } from "../../verb.js";
import { timeText, windowText } from "../../window.js";

export interface OperationAim extends Frequency {
  readonly host: string;
  /** What the hardware says, if it fails. */
  readonly error?: string | undefined;
  /** How much longer it takes; it fails then only if it has an `error`. */
  readonly by?: Duration | undefined;
}

interface OperationVerb<K extends string, O extends string> {
  readonly key: K;
  readonly hardware: HardwareClass<Equipment<O>>;
  readonly operations: readonly O[];
  /** `compute host`: one that has such hardware. */
  readonly whose: string;
  /** Whose operation it is, where its name and host do not say it. */
  readonly prefix?: string;
}

type OperationSpec<K extends string> = OperationAim & Readonly<Record<K, string>>;

export function operationVerb<K extends string, O extends string>({
  key,
  hardware,
  operations,
  whose,
  prefix = "",
}: OperationVerb<K, O>): FaultVerb<OperationSpec<K>> {
  /** @throws Error for what no such hardware does */
  const operationOf = (spec: OperationSpec<K>): O => {
    const written: string = spec[key];
    const operation = operations.find((name) => name === written);
    if (operation !== undefined) return operation;
    const noun = key.replaceAll("_", " ");
    throw new Error(`no ${noun} operation "${written}" can fail; ${operations.join(", ")} can`);
  };
  /** @throws Error naming the hosts that there are */
  const equipmentOf = ({ host }: OperationSpec<K>, injectors: Injectors): Equipment<O> => {
    const found = injectors.hardware().of(hardware);
    const equipment = found.get(host);
    if (equipment !== undefined) return equipment;
    const known =
      found.size === 0 ? "there is none here" : `there are ${[...found.keys()].join(", ")}`;
    throw new Error(`no ${whose} is named "${host}"; ${known}`);
  };
  const nameOf = (spec: OperationSpec<K>): string => `${prefix}${spec[key]} on ${spec.host}`;
  return {
    key,
    kind: "operation",
    text(spec) {
      const end = timesText(spec) + windowText(spec);
      return `${nthText(spec)}${nameOf(spec)} ${outcomeText(spec)}${end}`;
    },
    struckText: nameOf,
    places: ({ host }) => [host],
    check(spec, injectors) {
      operationOf(spec);
      equipmentOf(spec, injectors);
    },
    inject(spec, fault, injectors) {
      const operation = operationOf(spec);
      const equipment = equipmentOf(spec, injectors);
      const { host, by, error } = spec;
      const usual = `internal error: ${operation} failed on ${host}`;
      const words = error ?? (by === undefined ? usual : undefined);
      injectors.hardware().strikeOperations(fault, equipment, operation, spec, {
        delay: by,
        error: words === undefined ? undefined : equipment.failure(words),
      });
    },
  };
}

/** `fails`, `takes 5 s longer`, `takes 5 s longer and fails`. */
function outcomeText({ by, error }: Pick<OperationAim, "by" | "error">): string {
  if (by === undefined) return "fails";
  return `takes ${timeText(by)} longer${error === undefined ? "" : " and fails"}`;
}
