/**
 * Things of one kind at a REST API, for programs: list, show, create, update, delete, by name or id, with types.
 * Each service's file says where they are and what they look like. Upstream: the managers of its client library.
 */
import { describe } from "../../text/complaints.js";
import { CommandError, NoUniqueMatch, NotFound } from "../../framework/apiclient/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import { getList, memberOf, named, queryOf, type Asker, type Search } from "./asking.js";
import { ApiPart } from "./part.js";
import { shaped, type Shape } from "./shape.js";

/** Where things of a kind are, and what they look like. */
export interface Place<T> {
  /** `network`: for people, and the member in bodies unless `one` says otherwise. */
  readonly what: string;
  /** `/v2.0/networks`. */
  readonly path: string;
  readonly shape: Shape<T>;
  readonly one?: string;
  /** Default: `what` and an s. */
  readonly many?: string;
  /** Where the list has all of each, if that is elsewhere: `/volumes/detail`. */
  readonly detail?: string;
  /** The member that a thing is called by; default `name`. */
  readonly name?: string;
  /** How it is changed; default PUT. */
  readonly change?: "PUT" | "PATCH" | "POST";
}

/**
 * Things of one kind, by name or id: `demo.neutron.ports`. `New` is what makes one and `Changes` what can be changed, by
 * the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { networks } = cloud.user("demo").neutron;
 * cloud.run(networks.create({ name: "back" }));
 * cloud.run(networks.update("back", { name: "front" }));
 * cloud.run(networks.show("front")).name; // → "front"
 * cloud.run(networks.delete("front"));
 * ```
 */
export class Collection<
  T extends object,
  New extends object = JsonObject,
  Changes extends object = Partial<New>,
> extends ApiPart {
  protected readonly asker: Asker;
  protected readonly place: Place<T>;

  constructor(asker: Asker, place: Place<T>) {
    super();
    this.asker = asker;
    this.place = place;
  }

  /** Those that fit, as the service lists them. @throws ClientException */
  *list(search: Search = {}): Op<readonly T[]> {
    const { path, detail = path, shape } = this.place;
    const address = `${detail}${queryOf(search)}`;
    return yield* getList(this.asker, address, shape, `${this.place.what}s`, this.#many);
  }

  /** One, by its id or its name. @throws CommandError if there is none, NoUniqueMatch, ClientException */
  *show(nameOrId: string): Op<T> {
    const id = yield* this.idOf(nameOrId);
    return this.read(yield* this.asker.request("GET", `${this.place.path}/${id}`));
  }

  /** @throws ClientException */
  *create(members: New): Op<T> {
    const body = { [this.#one]: { ...members } as JsonObject };
    return this.read(yield* this.asker.request("POST", this.place.path, body));
  }

  /** @throws CommandError if there is none, ClientException */
  *update(nameOrId: string, changes: Changes): Op<T> {
    const { path, change = "PUT" } = this.place;
    const id = yield* this.idOf(nameOrId);
    const body = { [this.#one]: { ...changes } as JsonObject };
    return this.read(yield* this.asker.request(change, `${path}/${id}`, body));
  }

  /** @throws CommandError if there is none, ClientException */
  *delete(nameOrId: string): Op<void> {
    const id = yield* this.idOf(nameOrId);
    yield* this.asker.request("DELETE", `${this.place.path}/${id}`);
  }

  /** The id of one by its id or name. @throws CommandError if there is none, NoUniqueMatch */
  *idOf(nameOrId: string): Op<string> {
    const { what, path, name = "name" } = this.place;
    named(nameOrId, `a ${what}`);
    if (ID.test(nameOrId)) {
      try {
        yield* this.asker.request("GET", `${path}/${nameOrId}`);
        return nameOrId;
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
      }
    }
    const matches = (yield* this.list()).filter((thing) => Reflect.get(thing, name) === nameOrId);
    const [first, ...others] = matches;
    if (first === undefined)
      throw new CommandError(`There is no ${what} named ${describe(nameOrId)}.`);
    if (others.length > 0) {
      throw new NoUniqueMatch(
        `There is more than one ${what} named ${describe(nameOrId)}: give its id.`,
      );
    }
    return String(Reflect.get(first, "id"));
  }

  /** The thing in an answer. */
  protected read(response: HttpResponse): T {
    return shaped(
      this.place.shape,
      memberOf(response, this.#one),
      `the answer about a ${this.place.what}`,
    );
  }

  get #one(): string {
    return this.place.one ?? this.place.what;
  }

  get #many(): string {
    return this.place.many ?? `${this.#one}s`;
  }
}

/** As all ids look: hexadecimal digits, with dashes or without. */
const ID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/u;
