/**
 * A process that hears notifications, and may answer at topics as well. Upstream: what
 * ceilometer/notification.py and ceilometer/collector.py start at 2014.2.
 */
import type { NotificationListener } from "../../bus/index.js";
import type { Env, Process } from "../../framework/index.js";
import { done, type Op } from "../../kernel/index.js";

/** Who answers beside: an `RpcServers`. */
interface Servers {
  start(): Op<void>;
  stop(): Op<void>;
  crash(): void;
}

export function listening(env: Env, listener: NotificationListener, servers?: Servers): Process {
  return {
    *start(): Op<void> {
      env.announce("starting");
      yield* servers?.start() ?? done(undefined);
      listener.start();
      env.announce("started");
    },
    *stop(): Op<void> {
      env.announce("stopping");
      yield* servers?.stop() ?? done(undefined);
      listener.stop();
      yield* listener.wait();
      env.bus.close();
      env.announce("stopped");
    },
    crash() {
      servers?.crash();
      listener.crash();
      env.bus.close();
    },
  };
}
