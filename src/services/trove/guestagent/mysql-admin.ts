/**
 * Databases and users of a guest's MySQL server. Upstream: trove/guestagent/datastore/mysql/service.py
 * (MySqlAdmin, MySqlRootAccess) at 2014.2.
 */
import type { ArgsIn } from "../../../bus/index.js";
import { noAttribute, str, type JsonObject } from "../../../python/index.js";
import { BadRequest } from "../exception.js";
import { databaseName, newUser, userName } from "../mysql/names.js";
import { keyOf, type Account } from "../mysql/server.js";
import type { AgentParts } from "./agent-parts.js";
import type { GuestDatabase, GuestUser, guestApi } from "./rpcapi.js";

type Page = ArgsIn<typeof guestApi, "list_databases">;

/** Databases of every server, which no list shows. */
const OWN_DATABASES = ["mysql", "information_schema", "lost+found", "#mysql50#lost+found"];

/** Every method throws OperationalError while the server does not run. */
export class MysqlAdmin {
  readonly #parts: AgentParts;

  constructor(parts: AgentParts) {
    this.#parts = parts;
  }

  get #server() {
    return this.#parts.disk.server;
  }

  createDatabases(databases: readonly GuestDatabase[]): void {
    for (const { _name: name, _character_set, _collate } of databases) {
      const charset = _character_set ?? "utf8";
      const collation = _collate ?? `${charset}_general_ci`;
      this.#server.createDatabase({ name, charset, collation });
    }
  }

  deleteDatabase({ _name }: GuestDatabase): void {
    this.#server.dropDatabase(_name);
  }

  listDatabases(page: Page): readonly [readonly GuestDatabase[], string | null] {
    const shown = this.#server.schemas().filter(({ name }) => !OWN_DATABASES.includes(name));
    const [schemas, marker] = paged(shown, ({ name }) => name, page);
    const databases = schemas.map(({ name, charset, collation }) => ({
      _name: name,
      _character_set: charset,
      _collate: collation,
    }));
    return [databases, marker];
  }

  /** A password may be given in the clear. */
  createUsers(users: readonly GuestUser[]): void {
    for (const { _name: user, _host, _password, _databases } of users) {
      const account = { user, host: _host ?? "%", password: _password ?? "" };
      this.#server.grant(account);
      for (const { _name: database } of _databases) this.#server.grant(account, database);
    }
  }

  deleteUser({ _name, _host }: GuestUser): void {
    this.#server.dropUser(_name, _host ?? "%");
  }

  deleteUserByName(name: string): void {
    this.#server.dropUser(name, "%");
  }

  listUsers(page: Page): readonly [readonly GuestUser[], string | null] {
    const shown = this.#server.accounts().filter(({ host }) => host !== "localhost");
    const [accounts, marker] = paged(shown, ({ user, host }) => keyOf(user, host), page);
    return [accounts.map((account) => ({ ...serialized(account), _password: null })), marker];
  }

  /** @throws BadRequest for what is no name */
  getUser(username: string, hostname: string | null): GuestUser | null {
    const account = this.#find(username, hostname);
    return account === undefined ? null : serialized(account);
  }

  /** @throws AttributeError for who is not there */
  listAccess(username: string, hostname: string | null): readonly GuestDatabase[] {
    return serialized(this.#existing(username, hostname, "databases"))._databases;
  }

  /** @throws AttributeError, BadRequest */
  grantAccess(username: string, hostname: string | null, databases: readonly string[]): void {
    const { user, host } = this.#existing(username, hostname, "name");
    for (const name of databases) {
      let database: string;
      try {
        database = databaseName(name, this.#parts.ignored);
      } catch {
        throw new BadRequest({}, `Grant access to ${name} is not allowed`);
      }
      this.#server.grant({ user, host }, database);
    }
  }

  /** @throws AttributeError */
  revokeAccess(username: string, hostname: string | null, database: string): void {
    const { user, host } = this.#existing(username, hostname, "name");
    this.#server.revoke(user, host, database);
  }

  changePasswords(users: readonly JsonObject[]): void {
    for (const { name, host, password } of users) {
      const at = typeof host === "string" ? host : "%";
      this.#server.updateUser(str(name ?? null), at, { password: str(password ?? null) });
    }
  }

  /** Who changes name or host has the same databases as before. */
  updateAttributes(username: string, hostname: string | null, attributes: JsonObject): void {
    const { user, host } = this.#existing(username, hostname, "name");
    const text = (key: string): string | undefined => {
      const value = attributes[key];
      return typeof value === "string" && value !== "" ? value : undefined;
    };
    const [name, at, password] = [text("name"), text("host"), text("password")];
    this.#server.updateUser(user, host, {
      ...(name !== undefined && { user: name }),
      ...(at !== undefined && { host: at }),
      ...(password !== undefined && { password }),
    });
  }

  isRootEnabled(): boolean {
    return this.#server
      .accounts()
      .some(({ user, host }) => user === "root" && host !== "localhost");
  }

  /** @returns root, with the password in the clear */
  enableRoot(wanted?: string): GuestUser {
    const password = wanted ?? this.#parts.randomPassword();
    this.#server.grant({ user: "root", host: "%", password });
    return { _name: "root", _host: "%", _password: password, _databases: [] };
  }

  /** Somebody who may replicate. */
  createReplicationUser(): { readonly name: string; readonly password: string } {
    const password = this.#parts.randomPassword(16);
    const name = `slave_${this.#parts.env.stream("replication user").uuid().slice(0, 8)}`;
    const ignored = this.#parts.ignored;
    this.createUsers([newUser({ name, host: null, password, databases: [] }, ignored)]);
    return { name, password };
  }

  #find(username: string, hostname: string | null): Account | undefined {
    try {
      userName(username, this.#parts.ignored);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "";
      throw new BadRequest({}, `Username ${username} is not valid: ${reason}`);
    }
    const account = this.#server.account(username, hostname ?? "None");
    return account?.host === "localhost" ? undefined : account;
  }

  #existing(username: string, hostname: string | null, attribute: string): Account {
    const account = this.#find(username, hostname);
    if (account === undefined) throw noAttribute(null, attribute);
    return account;
  }
}

const serialized = ({ user, host, password, databases }: Account): GuestUser => ({
  _name: user,
  _host: host,
  _password: password,
  _databases: databases.map((_name) => ({ _name, _collate: null, _character_set: null })),
});

/** What is after the marker, or from it on, and the last of a page that is not the last. */
function paged<T>(
  all: readonly T[],
  keyOfItem: (item: T) => string,
  { limit, marker, include_marker }: Page,
): readonly [readonly T[], string | null] {
  const rest = all.filter((item) => {
    if (marker === null || marker === "") return true;
    return include_marker ? keyOfItem(item) >= marker : keyOfItem(item) > marker;
  });
  const page = limit === null ? rest : rest.slice(0, limit);
  const last = page.at(-1);
  const more = last !== undefined && rest.length > page.length;
  return [page, more ? keyOfItem(last) : null];
}
