/** The contract of topic `console`, which nova-console serves. Upstream: nova/console/rpcapi.py (2.0) at 2014.2. */
import { cast, defineRpcApi, required } from "../../../bus/index.js";

export const consoleApi = defineRpcApi({
  topic: "console",
  version: "2.0",
  methods: {
    /** By the number that the database has for the instance. */
    add_console: cast<{ instance_id: number }>("2.0", { instance_id: required() }),
    remove_console: cast<{ console_id: number }>("2.0", { console_id: required() }),
  },
});
