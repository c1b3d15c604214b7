/**
 * Heat, as a cloud is told of it: the APIs and the engine, and a domain for the users of stacks. CloudFormation's
 * API takes signals alone; CloudWatch's is not there, though its address is told to guests.
 */
import { HEAT_EXCEPTIONS } from "./invariants/resources.js";
import { defineProject, onController, process, store } from "../../framework/project.js";
import { heatAllowedModules } from "./allowed-modules.js";
import { heatApiFlags } from "./api/flags.js";
import { heatApi } from "./api/index.js";
import { heatApiCfnFlags } from "./api-cfn/flags.js";
import { heatApiCfn } from "./api-cfn/index.js";
import { HeatDatabase } from "./db/database.js";
import { engineFlags } from "./engine/flags.js";
import { heatEngine } from "./engine/index.js";
import { clientFlags } from "./clients/index.js";
import { commonFlags, heatAuthFlags } from "./flags.js";
import { heatInventory } from "./inventory.js";

export const heatDatabase = store((kernel) => new HeatDatabase(kernel));

/** Heat makes another version's address of it. */
const AUTH_URI = "http://controller:5000/v2.0";

/** What DevStack makes for the users of stacks: `lib/heat` (create_heat_accounts). */
const USER_DOMAIN = {
  id: "6e0b0f5ba1c84a4f9f9d4ad3a3b1d5c7",
  name: "heat",
  admin: "heat_domain_admin",
  roles: ["heat_stack_user"],
};

export const heat = defineProject({
  name: "heat",
  processes: [
    process({
      binary: "heat-api",
      on: "controller",
      uses: {},
      flags: [heatAuthFlags, heatApiFlags, commonFlags],
      make: (env) => heatApi(env),
    }),
    process({
      binary: "heat-api-cfn",
      on: "controller",
      uses: {},
      flags: [heatAuthFlags, heatApiCfnFlags],
      make: (env) => heatApiCfn(env),
    }),
    process({
      binary: "heat-engine",
      on: "controller",
      uses: { db: heatDatabase },
      flags: [engineFlags, clientFlags, heatAuthFlags, commonFlags],
      make: (env, { db }) => heatEngine(env, db),
    }),
  ],
  stores: { db: heatDatabase },
  states: {
    stack: { thing: "stack", columns: ["action", "status"], joint: "_" },
    resource: { thing: "resource", columns: ["action", "status"], joint: "_" },
    software_deployment: {
      thing: "software_deployment",
      columns: ["action", "status"],
      joint: "_",
    },
  },
  catalog: [
    { type: "orchestration", url: onController(8004, "/v1/$(tenant_id)s") },
    { type: "cloudformation", name: "heat-cfn", url: onController(8000, "/v1") },
  ],
  serviceUser: "heat",
  userDomain: USER_DOMAIN,
  presets: () => ({
    "heat-api": { auth_uri: AUTH_URI },
    "heat-api-cfn": { auth_uri: AUTH_URI },
    "heat-engine": {
      auth_uri: AUTH_URI,
      stack_user_domain_id: USER_DOMAIN.id,
      stack_domain_admin: USER_DOMAIN.admin,
      stack_domain_admin_password: "secret",
      heat_metadata_server_url: "http://controller:8000",
      heat_waitcondition_server_url: "http://controller:8000/v1/waitcondition",
      heat_watch_server_url: "http://controller:8003",
    },
  }),
  allowedModules: heatAllowedModules,
  options: {},
  seed: () => undefined,
  resolve: ({ db }) => ({
    stack: (name) => db.stacks.find().findLast((stack) => stack.name === name)?.uuid,
  }),
  exceptions: HEAT_EXCEPTIONS,
  inventory: ({ db }) => heatInventory(db),
});
