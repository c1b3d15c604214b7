/**
 * Databases and users as requests name them. Upstream: trove/extensions/mysql/common.py
 * (populate_validated_databases, populate_users, unquote_user_host) at 2014.2.
 */
import { isObject, str, ValueError, type Json, type JsonObject } from "../../../python/index.js";
import {
  BadRequest,
  DatabaseForUserNotInDatabaseListError,
  DatabaseInitialDatabaseDuplicateError,
  DatabaseInitialUserDuplicateError,
} from "../exception.js";
import type { GuestDatabase, GuestUser } from "../guestagent/rpcapi.js";
import { newDatabase, newUser, type Ignored } from "../mysql/names.js";
import { keyOf } from "../mysql/server.js";

/** @throws BadRequest with what is wrong, DatabaseInitialDatabaseDuplicateError */
export function newDatabases(
  asked: readonly JsonObject[],
  ignored: Ignored,
): readonly GuestDatabase[] {
  const names = new Set<string>();
  return asked.map((database) => {
    let made: GuestDatabase;
    try {
      made = newDatabase(
        {
          name: textIn(database, "name"),
          character_set: textIn(database, "character_set"),
          collate: textIn(database, "collate"),
        },
        ignored,
      );
    } catch (error) {
      throw error instanceof ValueError ? new BadRequest({}, error.message) : error;
    }
    if (names.has(made._name)) throw new DatabaseInitialDatabaseDuplicateError({});
    names.add(made._name);
    return made;
  });
}

/**
 * @param databases the ones that they may be let into; left out, any
 * @throws ValueError, DatabaseInitialUserDuplicateError, DatabaseForUserNotInDatabaseListError
 */
export function newUsers(
  asked: readonly JsonObject[],
  ignored: Ignored,
  databases?: readonly string[],
): readonly GuestUser[] {
  const seen = new Set<string>();
  return asked.map((user) => {
    const name = textIn(user, "name");
    const names = listIn(user, "databases").map((database) => textIn(database, "name"));
    const host = "host" in user ? textIn(user, "host") : "%";
    const password = textIn(user, "password");
    const made = newUser({ name, host, password, databases: names }, ignored);
    const key = keyOf(name, host);
    if (seen.has(key)) throw new DatabaseInitialUserDuplicateError({});
    seen.add(key);
    const foreign = names.find((database) => databases?.includes(database) === false);
    if (foreign !== undefined) {
      throw new DatabaseForUserNotInDatabaseListError({ user: name, database: foreign });
    }
    return made;
  });
}

export const textIn = (json: JsonObject, key: string): string => {
  const value = json[key] ?? "";
  return typeof value === "string" ? value : str(value);
};

/** `user@host`, of which the host may be left out. */
export function userAndHost(text: string): readonly [user: string, host: string] {
  const at = text.lastIndexOf("@");
  if (at < 0 || at === text.length - 1) return [text, "%"];
  return [text.slice(0, at), text.slice(at + 1)];
}

/** What is listed there, of what is an object; empty without a list. */
export const listIn = (json: JsonObject, key: string): readonly JsonObject[] => {
  const value = json[key];
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
};
