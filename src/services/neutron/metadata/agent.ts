/**
 * neutron-metadata-agent as a process: it listens at a socket of its host and reports its state; nobody calls it
 * over the bus. Upstream: neutron/agent/metadata/agent.py (UnixDomainMetadataProxy, main) at 2014.2.
 */
import { adminContext, type Env, type Process } from "../../../framework/index.js";
import { HttpServer } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { socketAddress } from "../metadata-proxy/namespace-proxy.js";
import { StateReports } from "../state-reports.js";
import { metadataAgentFlags } from "./flags.js";
import { MetadataProxyHandler } from "./handler.js";

export const METADATA_AGENT = "Metadata agent";

export function metadataAgent(env: Env): Process {
  const flags = env.flags.read(metadataAgentFlags);
  const handler = new MetadataProxyHandler(env, flags);
  const server = new HttpServer(env.network, {
    actor: env.actor,
    address: socketAddress(env.host, flags.metadata_proxy_socket),
    application: (request) => handler.handle(request),
  });
  const reports = new StateReports(env, adminContext(env), () => ({
    binary: "neutron-metadata-agent",
    host: env.host,
    topic: "N/A",
    configurations: {
      metadata_proxy_socket: flags.metadata_proxy_socket,
      nova_metadata_ip: flags.nova_metadata_ip,
      nova_metadata_port: flags.nova_metadata_port,
    },
    agent_type: METADATA_AGENT,
  }));
  return {
    *start(): Op<void> {
      env.announce("starting");
      env.spawn("report_state", reports.start(flags.agent_report_interval), { daemon: false });
      server.start();
      env.announce("started");
    },
    *stop(): Op<void> {
      env.announce("stopping");
      reports.stop();
      server.stop();
      yield* server.wait();
      env.bus.close();
      env.announce("stopped");
    },
    crash() {
      reports.stop();
      server.crash();
      env.bus.close();
    },
  };
}
