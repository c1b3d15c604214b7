/**
 * What MySQL's databases and users may be called, as API and guest see it. Upstream:
 * trove/guestagent/db/models.py (ValidatedMySQLDatabase, MySQLUser) at 2014.2.
 */
import { isIpv4, isIpv6, repr, ValueError } from "../../../python/index.js";
import type { GuestDatabase, GuestUser } from "../guestagent/rpcapi.js";
import { charsetOf, isCharset, isCollation } from "./charsets.js";

/** What a list leaves out, and nobody may make. */
export interface Ignored {
  readonly ignore_dbs: readonly string[];
  readonly ignore_users: readonly string[];
}

const DATABASE_NAME = /^[A-Za-z0-9_-]+[\s?#@]*[A-Za-z0-9_-]+$/u;
const UNSUPPORTED = /^\s|\s$|['";`,/\\]/u;

const hasEscapes = (text: string): boolean => repr(text, "u").includes("\\");

/** @throws ValueError */
export function databaseName(name: string, { ignore_dbs }: Ignored): string {
  const invalid =
    name === "" ||
    ignore_dbs.includes(name.toLowerCase()) ||
    !DATABASE_NAME.test(name) ||
    hasEscapes(name);
  if (invalid) throw new ValueError(`'${name}' is not a valid database name`);
  if (name.length <= 64) return name;
  throw new ValueError(`Database name '${name}' is too long. Max length = 64`);
}

/** @throws ValueError */
export function newDatabase(
  wanted: { readonly name: string; readonly character_set?: string; readonly collate?: string },
  ignored: Ignored,
): GuestDatabase {
  const { character_set = "", collate = "" } = wanted;
  const _name = databaseName(wanted.name, ignored);
  if (character_set !== "" && !isCharset(character_set)) {
    throw new ValueError(`'${character_set}' not a valid character set`);
  }
  if (collate === "") return { _name, _collate: null, _character_set: character_set || null };
  if (character_set === "") {
    if (!isCollation(collate)) throw new ValueError(`'${collate}' not a valid collation`);
    return { _name, _collate: collate, _character_set: charsetOf(collate) ?? null };
  }
  if (!isCollation(collate, character_set)) {
    throw new ValueError(`'${collate}' not a valid collation for charset '${character_set}'`);
  }
  return { _name, _collate: collate, _character_set: character_set };
}

const isText = (value: string): boolean =>
  value !== "" && !UNSUPPORTED.test(value) && !hasEscapes(value);

/** @throws ValueError */
export function userName(name: string, { ignore_users }: Ignored): string {
  if (!isText(name) || ignore_users.includes(name.toLowerCase())) {
    throw new ValueError(`'${name}' is not a valid user name.`);
  }
  if (name.length <= 16) return name;
  throw new ValueError(`User name '${name}' is too long. Max length = 16.`);
}

/** @throws ValueError */
export function hostName(host: string | null): string | null {
  if (host === null || host === "%") return host;
  const address = host.replaceAll("%", "1");
  if (isIpv4(address) || isIpv6(address)) return host;
  throw new ValueError(`'${host}' is not a valid hostname.`);
}

/** @throws ValueError */
export function userPassword(password: string): string {
  if (isText(password)) return password;
  throw new ValueError(`'${password}' is not a valid password.`);
}

/** @throws ValueError */
export const newUser = (
  wanted: {
    readonly name: string;
    readonly host: string | null;
    readonly password: string;
    readonly databases: readonly string[];
  },
  ignored: Ignored,
): GuestUser => ({
  _name: userName(wanted.name, ignored),
  _host: hostName(wanted.host),
  _password: userPassword(wanted.password),
  _databases: wanted.databases.map((name) => newDatabase({ name }, ignored)),
});
