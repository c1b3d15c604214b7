/**
 * Heat, as a cloud is told of it: the API and the engine. CloudFormation's API takes signals alone,
 * CloudWatch's is not there, nor are roles and a domain of Heat's own in Keystone, which trusts and stacks' own users would need.
 */
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

const heatDatabase = store((kernel) => new HeatDatabase(kernel));

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
  catalog: [
    { type: "orchestration", url: onController(8004, "/v1/$(tenant_id)s") },
    { type: "cloudformation", name: "heat-cfn", url: onController(8000, "/v1") },
  ],
  serviceUser: "heat",
  allowedModules: heatAllowedModules,
  options: {},
  seed: () => undefined,
  resolve: ({ db }) => ({
    stack: (name) => db.stacks.find().findLast((stack) => stack.name === name)?.uuid,
  }),
  inventory: ({ db }) => heatInventory(db),
});
