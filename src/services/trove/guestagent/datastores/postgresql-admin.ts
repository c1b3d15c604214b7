/**
 * Databases and roles of a PostgreSQL server, which knows no hosts. Upstream:
 * trove/guestagent/datastore/postgresql/service/database.py, users.py, access.py, root.py at 2014.2.
 */
import { AttributeError, PythonTypeError, type JsonObject } from "../../../../python/index.js";
import type { AgentParts } from "../agent-parts.js";
import type { GuestArgs } from "../base-manager.js";
import type { GuestDatabase, GuestUser } from "../rpcapi.js";

type Page = GuestArgs<"list_databases">;

/** Of every role: it may come from anywhere. */
const ANY = "%";

const accessTo = (databases: readonly string[]): readonly GuestDatabase[] =>
  databases.map((_name) => ({ _name, _collate: null, _character_set: null }));

/** Every method throws OperationalError while the server does not run. */
export class PostgresqlAdmin {
  readonly #parts: AgentParts;

  constructor(parts: AgentParts) {
    this.#parts = parts;
  }

  get #server() {
    return this.#parts.disk.server;
  }

  createDatabases(databases: readonly GuestDatabase[]): void {
    for (const { _name: name, _character_set, _collate } of databases) {
      this.#say(`Creating database ${name}.`);
      const [charset, collation] = [_character_set ?? "UTF8", _collate ?? "en_US.UTF-8"];
      this.#server.createDatabase({ name, charset, collation });
    }
  }

  /** `DROP DATABASE IF EXISTS`. */
  deleteDatabase({ _name: name }: GuestDatabase): void {
    this.#say(`Dropping database ${name}.`);
    if (this.#server.schemas().some((schema) => schema.name === name)) {
      this.#server.dropDatabase(name);
    }
  }

  listDatabases(page: Page): readonly [readonly GuestDatabase[], string | null] {
    const ignored = this.#parts.datastoreFlags.postgresql_ignore_dbs;
    const databases = this.#server
      .schemas()
      .filter(({ name }) => !ignored.includes(name))
      .map(({ name, charset, collation }) => ({
        _name: name,
        _character_set: charset,
        _collate: collation,
      }));
    return after(databases, page);
  }

  createUsers(users: readonly GuestUser[]): void {
    for (const { _name: user, _password, _databases } of users) {
      this.#say(`Creating user ${user} with password <SANITIZED>.`);
      this.#server.grant({ user, host: ANY, password: _password ?? "" });
      this.grantAccess(
        user,
        _databases.map(({ _name }) => _name),
      );
    }
  }

  deleteUser({ _name: name }: GuestUser): void {
    this.#say(`Dropping user ${name}.`);
    this.#server.dropUser(name, ANY);
  }

  listUsers(page: Page): readonly [readonly GuestUser[], string | null] {
    const ignored = this.#parts.datastoreFlags.postgresql_ignore_users;
    const users = this.#server
      .accounts()
      .filter(({ user }) => !ignored.includes(user))
      .map(({ user }) => this.#role(user));
    return after(users, page);
  }

  getUser(name: string): GuestUser | null {
    return this.#server.account(name, ANY) === undefined ? null : this.#role(name);
  }

  listAccess(name: string): readonly GuestDatabase[] {
    return accessTo(this.#server.account(name, ANY)?.databases ?? []);
  }

  grantAccess(user: string, databases: readonly string[]): void {
    for (const database of databases) {
      this.#say(`Granting user (${user}) access to database (${database}).`);
      this.#server.grant({ user, host: ANY }, database);
    }
  }

  revokeAccess(user: string, database: string): void {
    this.#say(`Revoking user (${user}) access to database(${database}).`);
    this.#server.revoke(user, ANY, database);
  }

  /** Neither can be done: what would do it is not where it is looked for. @throws TypeError, AttributeError */
  updateAttributes(attributes: JsonObject): void {
    if ((attributes["password"] ?? null) !== null) {
      throw new PythonTypeError("update_password() got an unexpected keyword argument 'user'");
    }
    if ((attributes["name"] ?? null) === null) return;
    throw new AttributeError("'function' object has no attribute 'UserQuery'");
  }

  enableRoot(password: string): GuestUser {
    this.#server.grant({ user: "root", host: ANY, password });
    return { _name: "root", _host: null, _password: password, _databases: [] };
  }

  #role(name: string): GuestUser {
    return { _name: name, _host: null, _password: null, _databases: this.listAccess(name) };
  }

  #say(words: string): void {
    this.#parts.env.log("info", `${this.#parts.guestId}: ${words}`);
  }
}

/** What is after the marker, which is never part of it; of a name that is not there, nothing. */
function after<T extends { readonly _name: string }>(
  all: readonly T[],
  { limit, marker }: Page,
): readonly [readonly T[], string | null] {
  const at = marker === null ? -1 : all.findIndex(({ _name }) => _name === marker);
  const rest = marker !== null && at < 0 ? [] : all.slice(at + 1);
  const page = limit === null ? rest : rest.slice(0, limit);
  return [page, rest[page.length]?._name ?? null];
}
