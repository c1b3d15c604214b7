/**
 * As whom the files of a deployment let its services log in: user, tenant and password beside each
 * other in a section. A file of a real cloud is right about them, so Keystone is told of the same
 * users, and who is given no password of a user has the one that the other files give. A password in
 * `flags` is taken as it is, right or wrong.
 */
import { namesOf, type FlagSet, type Given, type Source } from "../../framework/flags/index.js";
import type { Account } from "../../framework/project.js";
import type { FlagCatalogue } from "./types.js";

/** The options that say who somebody is. */
interface Login {
  readonly user: Option;
  readonly password: Option;
  readonly tenant: Option | undefined;
  readonly tenantId: Option | undefined;
}

interface Option {
  readonly names: readonly string[];
  readonly preset: string;
}

export interface Accounts {
  /** What Keystone is to know beside the users that every cloud has. */
  readonly users: readonly Account[];
  /** For each binary, values of options that it was not given. */
  readonly presets: ReadonlyMap<string, Source>;
}

/** @param filesOf what each binary reads of files */
export function accountsOf(
  catalogue: FlagCatalogue,
  filesOf: (binary: string) => readonly Source[],
): Accounts {
  const files = new Map([...catalogue.keys()].map((binary) => [binary, filesOf(binary)]));
  // Where no file says anything, none speaks of anybody.
  if ([...files.values()].every((sources) => sources.length === 0)) {
    return { users: [], presets: new Map() };
  }
  const logins = [...catalogue].flatMap(([binary, sets]) => {
    const sources = files.get(binary) ?? [];
    return loginsIn(sets).map((login) => ({ binary, login, sources }));
  });
  const users: Account[] = [];
  const passwords = new Map<string, Given>();
  // Who a service is itself counts before what others say of it.
  for (const own of [true, false]) {
    for (const { login, sources } of logins) {
      if (login.user.names[0]?.startsWith("keystone_authtoken.") !== own) continue;
      const given = last(sources, login.password);
      const name = text(last(sources, login.user)) ?? login.user.preset;
      const tenantId = login.tenantId && text(last(sources, login.tenantId));
      const tenant = login.tenant && text(last(sources, login.tenant));
      if (given === undefined && tenant === undefined && tenantId === undefined) continue;
      if (given !== undefined && !passwords.has(name)) passwords.set(name, given);
      const password = text(passwords.get(name));
      users.push({
        name,
        project: tenant ?? login.tenant?.preset ?? "service",
        ...(tenantId !== undefined && { projectId: tenantId }),
        ...(password !== undefined && { password }),
      });
    }
  }
  // The id of a tenant is given once, and is that of everybody in it.
  const ids = new Map(users.map(({ project, projectId }) => [projectId, project] as const));
  const named = users.map((user) => {
    const [projectId] = [...ids].find(([id, of]) => id !== undefined && of === user.project) ?? [];
    return projectId === undefined ? user : { ...user, projectId };
  });
  const presets = new Map<string, Map<string, readonly Given[]>>();
  for (const { binary, login, sources } of logins) {
    const name = text(last(sources, login.user)) ?? login.user.preset;
    const known = passwords.get(name);
    const [option] = login.password.names;
    if (known === undefined || option === undefined) continue;
    const before = presets.get(binary) ?? new Map<string, readonly Given[]>();
    presets.set(binary, before.set(option, [known]));
  }
  return { users: named, presets };
}

/** Passwords among `sets` whose user stands beside them. */
function loginsIn(sets: readonly FlagSet[]): Login[] {
  return sets.flatMap((set) => {
    const options = Object.entries(set).map(([key, flag]) => ({
      names: namesOf(key, flag),
      preset: typeof flag.default === "string" ? flag.default : "",
    }));
    const named = (name: string): Option | undefined =>
      options.find(({ names }) => names[0] === name);
    return options.flatMap((password) => {
      const [, stem] = /^(.*admin_)password$/u.exec(password.names[0] ?? "") ?? [];
      if (stem === undefined) return [];
      const user = named(`${stem}username`) ?? named(`${stem}user`);
      if (user === undefined) return [];
      const [tenant, tenantId] = [named(`${stem}tenant_name`), named(`${stem}tenant_id`)];
      return [{ user, password, tenant, tenantId }];
    });
  });
}

function last(sources: readonly Source[], { names }: Option): Given | undefined {
  return sources.flatMap((source) => names.flatMap((name) => source.get(name) ?? [])).at(-1);
}

const text = (given: Given | undefined): string | undefined =>
  typeof given?.value === "string" ? given.value : undefined;
