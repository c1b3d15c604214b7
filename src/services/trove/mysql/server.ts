/**
 * A MySQL server: databases, users and what they may do, on whatever disk it was given. It starts and stops in
 * no time here; whoever runs it knows how long that takes. Tables and rows are not simulated. Upstream: mysqld 5.5.
 */
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { dumps, Exception, loads } from "../../../python/index.js";

/** What SQLAlchemy raises where MySQL refuses. */
export class OperationalError extends Exception {
  static override readonly module: string = "sqlalchemy.exc";
  override readonly name: string = "OperationalError";
}

export interface Schema {
  readonly name: string;
  readonly charset: string;
  readonly collation: string;
}

/** A row of `mysql.user`, with the databases that it may use. */
export interface Account {
  readonly user: string;
  readonly host: string;
  /** As MySQL stores it. */
  readonly password: string;
  readonly databases: readonly string[];
}

/** `PASSWORD(text)`. */
export const passwordHash = (text: string): string =>
  `*${bytesToHex(sha1(sha1(utf8ToBytes(text)))).toUpperCase()}`;

/** What the files of every server take up before anything is in them: ibdata, logs, `mysql`. */
const EMPTY_BYTES = 128 * 1024 * 1024;
/** And each database. */
const SCHEMA_BYTES = 64 * 1024;

/** Where its files are: `/var/lib/mysql`. */
export class DataDirectory {
  readonly schemas = new Map<string, Schema>();
  /** By `user@host`. */
  readonly accounts = new Map<string, Account>();

  get bytes(): number {
    return EMPTY_BYTES + this.schemas.size * SCHEMA_BYTES;
  }

  /** All of it as one text. */
  dump(): string {
    return dumps({
      schemas: [...this.schemas.values()].map((schema) => ({ ...schema })),
      accounts: [...this.accounts.values()].map((account) => ({ ...account })),
    });
  }

  /** What a text says is all there is. @throws ValueError for what is no dump */
  restore(text: string): void {
    const dump = loads(text) as unknown as {
      readonly schemas: readonly Schema[];
      readonly accounts: readonly Account[];
    };
    this.schemas.clear();
    this.accounts.clear();
    for (const schema of dump.schemas) this.schemas.set(schema.name, schema);
    for (const account of dump.accounts)
      this.accounts.set(keyOf(account.user, account.host), account);
  }
}

export const keyOf = (user: string, host: string): string => `${user}@${host}`;

export interface NewAccount {
  readonly user: string;
  readonly host: string;
  readonly password?: string;
}

/** The statements that Trove's agent sends. @throws OperationalError from each, unless it runs */
export class MysqlServer {
  #directory: DataDirectory;
  #running = false;

  constructor(directory: DataDirectory) {
    this.#directory = directory;
  }

  get running(): boolean {
    return this.#running;
  }

  start(directory: DataDirectory): void {
    this.#directory = directory;
    this.#running = true;
  }

  stop(): void {
    this.#running = false;
  }

  /** `CREATE DATABASE IF NOT EXISTS`. */
  createDatabase(schema: Schema): void {
    const { schemas } = this.#connected();
    if (!schemas.has(schema.name)) schemas.set(schema.name, schema);
  }

  /** `DROP DATABASE`. @throws OperationalError for one that is not there */
  dropDatabase(name: string): void {
    const { schemas } = this.#connected();
    if (schemas.delete(name)) return;
    throw new OperationalError(
      `(OperationalError) (1008, "Can't drop database '${name}'; database doesn't exist")`,
    );
  }

  schemas(): readonly Schema[] {
    return [...this.#connected().schemas.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** In the order of user and host. */
  accounts(): readonly Account[] {
    return [...this.#connected().accounts.values()].sort((a, b) =>
      keyOf(a.user, a.host) < keyOf(b.user, b.host) ? -1 : 1,
    );
  }

  account(user: string, host: string): Account | undefined {
    return this.#connected().accounts.get(keyOf(user, host));
  }

  /** `GRANT ... IDENTIFIED BY`: who is not there is made. */
  grant({ user, host, password }: NewAccount, database?: string): void {
    const { accounts } = this.#connected();
    const key = keyOf(user, host);
    const known = accounts.get(key) ?? { user, host, password: "", databases: [] };
    const databases = new Set(known.databases);
    if (database !== undefined) databases.add(database);
    accounts.set(key, {
      ...known,
      ...(password !== undefined && { password: passwordHash(password) }),
      databases: [...databases].sort(),
    });
  }

  /** `REVOKE ALL ON database.*`. @throws OperationalError for who has no such grant */
  revoke(user: string, host: string, database: string): void {
    const { accounts } = this.#connected();
    const known = accounts.get(keyOf(user, host));
    if (known?.databases.includes(database) !== true) {
      throw new OperationalError(
        `(OperationalError) (1141, "There is no such grant defined for user '${user}' on host '${host}'")`,
      );
    }
    const databases = known.databases.filter((name) => name !== database);
    accounts.set(keyOf(user, host), { ...known, databases });
  }

  /** `UPDATE mysql.user`: nothing happens where there is no such row. */
  updateUser(
    user: string,
    host: string,
    changes: { readonly user?: string; readonly host?: string; readonly password?: string },
  ): void {
    const { accounts } = this.#connected();
    const known = accounts.get(keyOf(user, host));
    if (known === undefined) return;
    accounts.delete(keyOf(user, host));
    const changed = {
      ...known,
      user: changes.user ?? known.user,
      host: changes.host ?? known.host,
      password: changes.password === undefined ? known.password : passwordHash(changes.password),
    };
    accounts.set(keyOf(changed.user, changed.host), changed);
  }

  /** `DROP USER`. @throws OperationalError for one that is not there */
  dropUser(user: string, host: string): void {
    if (this.#connected().accounts.delete(keyOf(user, host))) return;
    throw new OperationalError(
      `(OperationalError) (1396, "Operation DROP USER failed for '${user}'@'${host}'")`,
    );
  }

  #connected(): DataDirectory {
    if (this.#running) return this.#directory;
    throw new OperationalError(
      `(OperationalError) (2002, "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)")`,
    );
  }
}
