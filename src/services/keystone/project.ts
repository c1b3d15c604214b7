/** Keystone, as a cloud is told of it: one process, two ports, and everybody's names. */
import { PROJECT_EXCEPTION } from "../../framework/ownership.js";
import { z } from "zod";
import { FEW, name } from "../../framework/option-values.js";
import { defineProject, onController, process, store } from "../../framework/project.js";
import { KeystoneDatabase } from "./store/database.js";
import { SigningFiles } from "./tokens/signing.js";
import { keystoneFlags } from "./flags.js";
import { keystone as keystoneAll } from "./index.js";
import { DEFAULT_PASSWORD, register, seedIdentity, seedUser, seedUserDomain } from "./seed.js";
import { keystoneInventory } from "./inventory.js";

const user = z.strictObject({
  name: name.meta({ description: "Its name, as in as: NAME." }),
  project: name
    .optional()
    .meta({ description: "The project (tenant) it works in. Default: one of its own name." }),
  admin: z
    .boolean({ error: "true or false" })
    .optional()
    .meta({ description: "Whether it has the role admin. Default: false." }),
});

/** A user, with one project (default: one of its own name) and one role there. */
export type UserOptions = z.input<typeof user>;

/** The users of a cloud that says nothing about them. */
export const DEFAULT_USERS: readonly UserOptions[] = [
  { name: "admin", project: "admin", admin: true },
  { name: "demo", project: "demo" },
];

/** How a user of a cloud logs in. */
export const accountOf = ({ name, project = name }: UserOptions) => ({
  name,
  project,
  password: DEFAULT_PASSWORD,
});

export const AUTH_URL = onController(5000, "/v2.0");

export const keystoneDatabase = store((kernel) => new KeystoneDatabase(kernel));

const signingFiles = store((kernel) => new SigningFiles(kernel));

export const keystone = defineProject({
  name: "keystone",
  processes: [
    process({
      binary: "keystone",
      on: "controller",
      uses: { db: keystoneDatabase, files: signingFiles },
      flags: [keystoneFlags],
      make: (env, { db, files }) => keystoneAll(env, db, files),
    }),
  ],
  stores: { db: keystoneDatabase, files: signingFiles },
  catalog: [{ type: "identity", url: AUTH_URL, adminUrl: onController(35357, "/v2.0") }],
  options: {
    users: z
      .array(user)
      .max(FEW)
      .optional()
      .meta({ description: "Users, instead of the default ones, admin and demo." }),
  },
  seed({ db }, { users = DEFAULT_USERS }, { serviceUsers, userDomains, accounts, catalog }) {
    for (const { name, project = name, admin = false } of users) {
      seedUser(db, { name, project, roles: admin ? ["admin", "_member_"] : ["_member_"] });
    }
    for (const account of accounts) seedUser(db, { ...account, roles: ["admin"] });
    seedIdentity(db);
    register(db, { serviceUsers, catalog });
    for (const domain of userDomains) seedUserDomain(db, domain);
  },
  resolve({ db }) {
    const project = (name: string) => db.projects.first({ name })?.uuid;
    return { project, tenant: project, user: (name) => db.users.first({ name })?.uuid };
  },
  exceptions: PROJECT_EXCEPTION,
  inventory: ({ db }) => keystoneInventory(db),
});
