/**
 * Who is in a cloud: the users that type command lines and have clients, and what anybody logs in with. What they do
 * is noted as what the driver does. Time does not go by here: that is `CloudDriving`'s.
 */
import { describe } from "../../text/complaints.js";
import { DriverError, assertText } from "../../kernel/index.js";
import type { ClientUser } from "../../clients/index.js";
import { AUTH_URL, keystoneDatabase } from "../../services/keystone/project.js";
import { didYouMeanOrSome } from "../../text/nearest.js";
import { Assembly, type CloudSetup } from "../assembly.js";
import { CloudReading } from "../reading/cloud-reading.js";
import { Journal } from "../replay/journal.js";
import type { UserContext } from "../users/api-user.js";
import type { Unstarted } from "../users/client-call.js";
import { User } from "../users/user.js";

/**
 * The part of a cloud that knows its users: what a helper should ask for that does something as one of them.
 *
 * @example
 * ```ts
 * import { Cloud, type CloudUsers } from "novasim";
 *
 * const tenantOf = (cloud: CloudUsers, name: string): string => cloud.credentials(name).tenantName;
 * tenantOf(new Cloud({ seed: 1 }), "demo"); // → "demo"
 * ```
 */
export abstract class CloudUsers extends CloudReading {
  protected readonly journal = new Journal<this>();
  /** Calls of users' clients that were made and not yet run. */
  protected readonly unstarted: Unstarted = new Set();
  readonly #users: ReadonlyMap<string, User>;

  protected constructor(setup: CloudSetup) {
    super(new Assembly(setup));
    this.#users = this.#makeUsers();
  }

  /**
   * Who types command lines and has clients for every service: `demo`, `admin`, or who was named in `users`.
   * @throws DriverError naming the users that there are
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova list").exit; // → 0
   * ```
   */
  user(name: string): User {
    assertText(name, "user", 'the name of a user, such as "demo"');
    const user = this.#users.get(name);
    if (user !== undefined) return user;
    const known = [...this.#users.keys()];
    throw new DriverError(`there is no user ${describe(name)}; there are ${known.join(", ")}`);
  }

  /**
   * What somebody logs in with: a user, or the user of a service (`nova`, `toy`), as Keystone has them at this
   * instant. For managers of one's own that ask the APIs, with `ServiceClients`.
   * @throws DriverError naming the users that there are
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const { username, tenantName } = new Cloud({ seed: 1 }).credentials("neutron");
   * username; // → "neutron"
   * tenantName; // → "service"
   * ```
   */
  credentials(name: string): ClientUser {
    assertText(name, "credentials", 'the name of a user, such as "demo" or "nova"');
    const user = this.#users.get(name);
    if (user !== undefined) return user.credentials;
    const { users, assignments, projects } = this.stored(keystoneDatabase);
    const row = users.first({ name });
    if (row === undefined) {
      const known = users.find().map((other) => other.name);
      throw new DriverError(`there is no user ${describe(name)}. ${didYouMeanOrSome(name, known)}`);
    }
    const [project] = assignments
      .find({ actor_id: row.uuid })
      .flatMap(({ target_id }) => projects.get(target_id)?.name ?? []);
    return {
      username: name,
      password: row.password ?? "",
      tenantName: project ?? "",
      authUrl: AUTH_URL,
    };
  }

  #makeUsers(): ReadonlyMap<string, User> {
    const { kernel, bus, network, deployment, flags, userFiles, accounts, others } = this.assembly;
    const { resolve, catalog, site } = deployment;
    const note = <T>(again: (cloud: object) => unknown, act: () => T): T =>
      this.journal.note(again, act);
    const users = accounts.map((account): [string, User] => {
      const context: UserContext = {
        kernel,
        bus,
        network,
        resolve,
        catalog,
        site,
        note,
        unstarted: this.unstarted,
        flags: flags.for("nova-client"),
        authUrl: AUTH_URL,
        files: userFiles,
        same: (cloud) => (cloud instanceof CloudUsers ? cloud.user(account.name) : undefined),
      };
      const user = new User(account, context);
      others.push(...user.actors);
      return [account.name, user];
    });
    return new Map(users);
  }
}
