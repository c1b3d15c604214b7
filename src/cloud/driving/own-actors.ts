/** The actors of somebody's own in one cloud, in the order in which they came: who they are, and who dies. */
import { CONTROLLER } from "../../framework/project.js";
import {
  assertText,
  DriverError,
  type Greenthread,
  type Kernel,
  type Op,
} from "../../kernel/index.js";
import type { Actor } from "../../timeline/index.js";
import { OwnActor, life } from "./own-actor.js";

export class OwnActors {
  readonly #kernel: Kernel;
  readonly #known: Actor[];
  readonly #actors: { readonly actor: OwnActor<unknown>; readonly thread: Greenthread }[] = [];

  /** @param known where those who take part are listed */
  constructor(kernel: Kernel, known: Actor[]) {
    this.#kernel = kernel;
    this.#known = known;
  }

  /**
   * @param name `keeper`, which is on the controller, or `keeper@host`
   * @param options.taken who has a name already
   * @param options.cancel notes that the actor of an index is cancelled, and does it
   * @throws DriverError for a name that an actor has
   */
  spawn<T>(
    name: string,
    operation: Op<T>,
    options: {
      readonly taken: readonly Actor[];
      cancel(index: number, act: () => void): void;
    },
  ): OwnActor<T> {
    assertText(name, "spawn", 'a name, such as "keeper"');
    const actor = name.includes("@") ? name : `${name}@${CONTROLLER}`;
    const [service = "", host = ""] = actor.split("@");
    if (options.taken.some((other) => other.name === actor)) {
      throw new DriverError(`there is an actor ${actor} already: give this one another name`);
    }
    const thread = this.#kernel.spawn(life(this.#kernel, actor, operation), {
      name: "life",
      actor,
    });
    const index = this.#actors.length;
    const own = new OwnActor(actor, thread, (act) => {
      options.cancel(index, act);
    });
    this.#actors.push({ actor: own, thread });
    this.#known.push({ name: actor, service, project: "own", host });
    return own;
  }

  /** The actor that came as the `index`th, from 0. */
  at(index: number): OwnActor<unknown> | undefined {
    return this.#actors[index]?.actor;
  }

  /** Kill one by its name, or all of a host. @returns whether there were any */
  crash(target: string): boolean {
    const [...doomed] = this.#actors.filter(
      ({ actor: { name, done } }) => !done && (name === target || name.endsWith(`@${target}`)),
    );
    for (const { thread } of doomed) thread.halt();
    return doomed.length > 0;
  }
}
