/** What a cloud must know of Toy. */
import { Table, defineProject, onController, process, store } from "novasim";
import { toyApi, toyAuthFlags, toyFlags, type Toy } from "./api.js";

const toyTable = store(
  (kernel) => new Table<Toy>(kernel, { project: "toy", name: "toys", key: "uuid" }),
);

export const toy = defineProject({
  name: "toy",
  processes: [
    process({
      binary: "toy-api",
      on: "controller",
      uses: { toys: toyTable },
      flags: [toyAuthFlags, toyFlags],
      make: (env, { toys }) => toyApi(env, toys),
    }),
  ],
  stores: { toys: toyTable },
  catalog: [{ type: "toy", url: onController(9999, "/v1") }],
  serviceUser: "toy",
  options: {},
  seed: ({ toys }, _, { operator }) =>
    void toys.insert({ uuid: "bear", name: "bear", project_id: operator() }),
  resolve: ({ toys }) => ({ toy: (name) => toys.first({ name })?.uuid }),
});
