/** What bodies of requests may be. Upstream: trove/common/apischema.py at 2014.2. */
import { NOT_A_SCHEMA, type Schema } from "./validator.js";

const URL_REFERENCE: Schema = {
  type: "string",
  minLength: 8,
  pattern: "http[s]?://(?:[a-zA-Z]|[0-9]|[$-_@.&+]|[!*\\(\\),]|(?:%[0-9a-fA-F][0-9a-fA-F]))+",
};

const FLAVOR: Schema = {
  oneOf: [URL_REFERENCE, { type: "string", maxLength: 5, pattern: "[0-9]+" }, { type: "integer" }],
};

const VOLUME: Schema = {
  type: "object",
  required: ["size"],
  properties: {
    size: {
      oneOf: [
        { type: "integer", minimum: 0 },
        { type: "string", minLength: 1, pattern: "[0-9]+" },
      ],
    },
    required: NOT_A_SCHEMA,
  },
};

const TEXT: Schema = {
  type: "string",
  minLength: 1,
  maxLength: 255,
  pattern: "^.*[0-9a-zA-Z]+.*$",
};

const NAME: Schema = { ...TEXT, maxLength: 16 };

const HOST: Schema = { type: "string", minLength: 1, pattern: "^[%]?[\\w(-).]*[%]?$" };

export const UUID: Schema = {
  type: "string",
  minLength: 1,
  maxLength: 64,
  pattern:
    "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$",
};

const DATABASE_NAMES: Schema = {
  type: "array",
  uniqueItems: true,
  items: { type: "object", required: ["name"], properties: { name: TEXT } },
};

const DATABASES: Schema = {
  type: "array",
  items: {
    type: "object",
    required: ["name"],
    properties: { name: TEXT, character_set: TEXT, collate: TEXT },
  },
};

const USERS: Schema = {
  type: "array",
  items: {
    type: "object",
    required: ["name", "password"],
    properties: { name: NAME, password: TEXT, host: HOST, databases: DATABASE_NAMES },
  },
};

/** `{name: schema}`, of which that one member must be there. */
const wrapped = (name: string, schema: Schema): Schema => ({
  type: "object",
  required: [name],
  properties: { [name]: schema },
});

export const CREATE_INSTANCE = wrapped("instance", {
  type: "object",
  required: ["name", "flavorRef"],
  properties: {
    name: TEXT,
    configuration_id: { oneOf: [UUID] },
    flavorRef: FLAVOR,
    volume: VOLUME,
    databases: DATABASES,
    users: USERS,
    restorePoint: {
      type: "object",
      required: ["backupRef"],
      properties: { backupRef: UUID },
    },
    availability_zone: TEXT,
    datastore: { type: "object", properties: { type: TEXT, version: TEXT } },
    nics: { type: "array", items: { type: "object" } },
  },
});

export const EDIT_INSTANCE = wrapped("instance", { type: "object" });

export const RESTART = wrapped("restart", { type: "object" });

export const RESIZE: Readonly<Record<string, Schema>> = {
  volume: wrapped("resize", wrapped("volume", VOLUME)),
  flavorRef: wrapped("resize", wrapped("flavorRef", FLAVOR)),
};

export const MGMT_ACTION: Readonly<Record<string, Schema>> = {
  migrate: wrapped("migrate", { type: "object" }),
  reboot: wrapped("reboot", { type: "object" }),
  stop: wrapped("stop", { type: "object" }),
};

export const MGMT_CLUSTER_ACTION: Readonly<Record<string, Schema>> = {
  "reset-task": wrapped("reset-task", { type: "object" }),
};

/** By their first key. */
export const UPDATE_ALL_USERS: Readonly<Record<string, Schema>> = {
  users: wrapped("users", USERS),
  databases: wrapped("databases", DATABASE_NAMES),
};

export const CREATE_DATABASES = wrapped("databases", DATABASES);

export const CREATE_USERS = wrapped("users", USERS);

export const UPDATE_USER = wrapped("user", {
  type: "object",
  minProperties: 1,
  properties: { name: NAME, password: TEXT, host: HOST },
});

export const CREATE_BACKUP = wrapped("backup", {
  type: "object",
  required: ["instance", "name"],
  properties: { description: TEXT, instance: UUID, name: TEXT, parent_id: UUID },
});

const VALUES: Schema = { type: "object" };

export const CREATE_CONFIGURATION = wrapped("configuration", {
  type: "object",
  required: ["values", "name"],
  properties: {
    description: TEXT,
    values: VALUES,
    name: TEXT,
    datastore: { type: "object", properties: { type: TEXT, version: TEXT } },
  },
});

export const UPDATE_CONFIGURATION = wrapped("configuration", {
  type: "object",
  properties: { description: TEXT, values: VALUES, name: TEXT },
});

export const EDIT_CONFIGURATION = wrapped("configuration", {
  type: "object",
  properties: { values: VALUES },
});

const PARAMETER_SIZE: Schema = { type: "string", maxLength: 40, pattern: "[0-9]+" };

/** A parameter that an administrator allows in a version of a datastore. */
export const CONFIGURATION_PARAMETER = wrapped("configuration-parameter", {
  type: "object",
  required: ["name", "restart_required", "data_type"],
  properties: {
    name: { ...TEXT, maxLength: 128 },
    data_type: { type: "string", minLength: 1, pattern: "integer|string" },
    restart_required: { type: "integer", minimum: 0, maximum: 1 },
    max_size: PARAMETER_SIZE,
    min_size: PARAMETER_SIZE,
  },
});

export const UPGRADE = wrapped("upgrade", {
  type: "object",
  properties: { instance_version: TEXT, location: TEXT },
});

export const CREATE_CLUSTER = wrapped("cluster", {
  type: "object",
  required: ["name", "datastore", "instances"],
  properties: {
    name: TEXT,
    datastore: {
      type: "object",
      required: ["type", "version"],
      properties: { type: TEXT, version: TEXT },
    },
    instances: {
      type: "array",
      items: {
        type: "object",
        required: ["flavorRef"],
        properties: { flavorRef: FLAVOR, volume: VOLUME },
      },
    },
  },
});
