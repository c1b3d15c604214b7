/** What projects start, as slots: each process with what it is handed of its host, and how long things take in it. */
import type { Host, ProcessPlan, Project } from "../../framework/project.js";
import { InvariantError } from "../../kernel/index.js";
import { novaDatabase } from "../../services/nova/project.js";
import { ownServicePlan } from "../add.js";
import type { Infrastructure } from "../infrastructure.js";
import { OWN_SERVICES } from "../projects.js";
import type { GuestPlan } from "./guests.js";
import { latencyOf, type OwnLatency } from "./latency.js";
import type { SlotPlan } from "./slot.js";

export class Plans {
  readonly #infrastructure: Infrastructure;
  readonly #latency: OwnLatency | undefined;

  /** @param latency what the cloud says of how long things take */
  constructor(infrastructure: Infrastructure, latency: OwnLatency | undefined) {
    this.#infrastructure = infrastructure;
    this.#latency = latency;
  }

  /** Everything that such hosts have. */
  on(place: ProcessPlan["on"], host: Host, projects: readonly Project[]): SlotPlan[] {
    return projects.flatMap((project) =>
      project.processes
        .filter(({ on, optional }) => on === place && optional !== true)
        .map((plan) => this.#slot(project, plan, host)),
    );
  }

  named(projects: readonly Project[], binary: string, host: Host): SlotPlan {
    const own = OWN_SERVICES.find((service) => service.binary === binary);
    if (own !== undefined) {
      return ownServicePlan(own, host.name, this.#infrastructure.of(novaDatabase));
    }
    for (const project of projects) {
      const plan = project.processes.find((one) => one.binary === binary);
      if (plan !== undefined) return this.#slot(project, plan, host);
    }
    throw new InvariantError(`no project has a process ${binary}`);
  }

  guest(projects: readonly Project[], binary: string, host: Host): GuestPlan | undefined {
    for (const project of projects) {
      const plan = project.processes.find((one) => one.binary === binary && one.on === "guests");
      if (plan === undefined) continue;
      const { guest_boot: boot } = latencyOf(plan, this.#latency);
      if (typeof boot !== "object") throw new InvariantError(`${binary} has no guest_boot`);
      return { slot: this.#slot(project, plan, host), boot };
    }
    return undefined;
  }

  #slot({ name, allowedModules }: Project, plan: ProcessPlan, host: Host): SlotPlan {
    const parts = this.#infrastructure.handOut(plan.uses, host);
    const latency = latencyOf(plan, this.#latency);
    return {
      binary: plan.binary,
      host: host.name,
      project: name,
      ...(allowedModules && { allowedModules }),
      make: (env) => plan.make(env, parts, latency),
    };
  }
}
