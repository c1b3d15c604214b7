/** Horizon, as a cloud is told of it: one process, which a cloud has that names it, and where people's browsers go. */
import { CONTROLLER, defineProject, process, store } from "../../framework/project.js";
import { horizon as dashboard } from "./index.js";
import { SignedCookies } from "./web/session.js";

/** What it has signed; every process of it knows its own signature. */
const signedCookies = store((kernel) => new SignedCookies(kernel));

export const horizon = defineProject({
  name: "horizon",
  processes: [
    process({
      binary: "horizon",
      on: "controller",
      uses: { signed: signedCookies },
      flags: [],
      make: (env, { signed }) => dashboard(env, signed),
    }),
  ],
  stores: { signed: signedCookies },
  catalog: [],
  site: `http://${CONTROLLER}`,
  options: {},
  seed() {
    // It holds nothing before somebody comes.
  },
  resolve: () => ({}),
});
