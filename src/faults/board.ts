/**
 * Everything that was ever made to go wrong, as acts on the world: services have no branches for
 * tests. A fault is recorded when it is declared, when it strikes and when it is lifted; one that
 * never struck is remembered, because whoever declared it was mistaken.
 */
import type { Bus } from "../bus/index.js";
import type { Network } from "../http/index.js";
import { wireFaults, type BusInjector } from "./bus/injector.js";
import { Fault } from "./fault.js";
import { HardwareInjector } from "./hardware-injector.js";
import { wireRest, type RestInjector } from "./rest-injector.js";
import type { Injectors } from "./verb.js";
import { FAULT_VERBS, verbOf, type FaultSpec } from "./verbs/index.js";

/** What there is to go wrong. */
export interface FaultWorld {
  readonly bus: Bus;
  readonly network?: Network;
  /** Hypervisors, disks, volume groups: what there is at that moment. */
  readonly hardware?: () => Iterable<object>;
  /** @throws Error for a process or host that there is not */
  readonly checkPlace?: (name: string) => void;
}

export class FaultBoard {
  readonly #world: FaultWorld;
  readonly #injectors: Injectors;
  readonly #faults: { readonly fault: Fault; readonly endsByItself: boolean }[] = [];

  constructor(world: FaultWorld) {
    this.#world = world;
    this.#injectors = injectorsOf(world);
  }

  /** Let something go wrong from now on. @throws Error for what cannot, or for an unknown place */
  declare(spec: FaultSpec): Fault {
    const verb = verbOf(spec);
    const places = verb.places(spec);
    verb.check?.(spec, this.#injectors);
    for (const place of places) this.#world.checkPlace?.(place);
    const fault = new Fault(this.#world.bus.kernel, {
      verb: verb.key,
      kind: verb.kind,
      text: verb.text(spec),
      struckText: verb.struckText?.(spec),
      places,
    });
    this.#faults.push({ fault, endsByItself: verb.endsByItself ?? false });
    verb.inject(spec, fault, this.#injectors);
    return fault;
  }

  /**
   * Lift faults: all, those of one kind (`delay`, `driver`), or those aimed at a process or host.
   * A broker that is down comes back by itself.
   * @throws Error for what is none of these
   */
  heal(what?: string): void {
    const isVerb = FAULT_VERBS.some(({ key }) => key === what);
    if (what !== undefined && !isVerb) this.#world.checkPlace?.(what);
    for (const { fault, endsByItself } of this.#faults) {
      const { verb, places } = fault.title;
      const meant = what === undefined || (isVerb ? verb === what : places.includes(what));
      if (meant && !endsByItself) fault.lift();
    }
  }

  /** Every fault that was ever declared. */
  get faults(): readonly Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  /** Each fault that was declared and has not struck, in words. */
  neverStruck(): string[] {
    return this.faults.filter(({ strikes }) => strikes === 0).map(({ text }) => text);
  }
}

/** Injectors that are wired when they are first asked for: a run without faults pays nothing. */
function injectorsOf({ bus, network, hardware = () => [] }: FaultWorld): Injectors {
  let onBus: BusInjector | undefined;
  let onNetwork: RestInjector | undefined;
  const onHardware = new HardwareInjector(bus.kernel, hardware);
  return {
    kernel: bus.kernel,
    bus: () => (onBus ??= wireFaults(bus)),
    rest: () => (onNetwork ??= network && wireRest(network)),
    hardware: () => onHardware,
  };
}
