/**
 * A cloud whose processes, hosts and guests are seen to: what is put onto a host, started, stopped and killed there, and
 * what guests do. What is made to fail is `Cloud`'s.
 */
import { assertLoad, assertOwn } from "./checks.js";
import { describe } from "../../text/complaints.js";
import { DriverError, assertOptions, assertText } from "../../kernel/index.js";
import type { LoadChange } from "../../hardware/guest-activity.js";
import { RUNNING } from "../../hardware/power-states.js";
import { hypervisor } from "../../services/hardware.js";
import { novaDatabase } from "../../services/nova/project.js";
import type { Actor } from "../../timeline/index.js";
import type { AddOptions, OwnProject, OwnService } from "../add.js";
import { CloudDriving } from "./cloud-driving.js";
import { Guest } from "../users/guest.js";

/** What a target is, for who gave something else. */
const PLACE = 'a process or a host, such as "nova-compute@compute-1" or "compute-1"';
const SERVER = 'the name or id of a server, such as "web"';

/**
 * The part of a cloud that its operators see to: what a helper should ask for that stops and starts processes.
 *
 * @example
 * ```ts
 * import { Cloud, type CloudOperating } from "novasim";
 *
 * const restart = (cloud: CloudOperating, target: string): void => {
 *   cloud.stop(target);
 *   cloud.start(target);
 * };
 * const cloud = new Cloud({ seed: 1 });
 * restart(cloud, "nova-scheduler@controller");
 * cloud.activity().length; // → 0
 * ```
 */
export abstract class CloudOperating extends CloudDriving {
  /**
   * Put a service of one's own on a host, and start it.
   * @throws FlagError for flags that it does not read; what its manager throws before it has started
   */
  add(service: OwnService, options?: AddOptions): Actor;
  /**
   * Put an OpenStack project of one's own beside the others, tell Keystone of it, and start it:
   * what runs on the controller on a host, the rest on every compute host.
   * @throws CloudError for names that others have, or if it cannot start: nothing is added then;
   *   FlagError for flags that it does not read
   */
  add(project: OwnProject, options?: AddOptions): readonly Actor[];
  /** Either of them. */
  add(own: OwnService | OwnProject, options?: AddOptions): Actor | readonly Actor[];
  add(own: OwnService | OwnProject, options: AddOptions = {}): Actor | readonly Actor[] {
    assertOwn(own);
    assertOptions(options, "add", ["host", "flags"]);
    const { roster } = this.assembly;
    return this.noted(
      // Of either kind, as an overload cannot say.
      (cloud) => ("processes" in own ? cloud.add(own, options) : cloud.add(own, options)),
      () =>
        "processes" in own ? roster.addProject(own, options) : roster.addService(own, options),
    );
  }

  /**
   * Start a process (`nova-compute@compute-1`) or all of a host.
   * @param options.background go on at once, and let it start meanwhile: what it waits for may take
   *   long to come, and nobody waits for it
   * @throws Error for an unknown one; Error for one that has not started after ten minutes of
   *   virtual time, with what it waits for: it waits on, as Juno's do
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.crash("nova-conductor@controller");
   * cloud.start("nova-conductor@controller");
   * cloud.activity().length; // → 0
   * ```
   */
  start(target: string, options: { readonly background?: boolean } = {}): void {
    assertText(target, "start", PLACE);
    assertOptions(options, "start", ["background"]);
    const { background = false } = options;
    this.noted(
      (cloud) => {
        cloud.start(target, { background });
      },
      () => {
        this.assembly.roster.start(target, background);
      },
    );
  }

  /**
   * Stop a process or all of a host, as asked politely: what it does is finished first.
   * @throws Error for an unknown one; Error for one that has not stopped after ten minutes of
   *   virtual time, with what it waits for
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.stop("nova-scheduler@controller");
   * cloud.activity().join(); // → "nova-scheduler@controller is not running"
   * ```
   */
  stop(target: string): void {
    assertText(target, "stop", PLACE);
    this.noted(
      (cloud) => {
        cloud.stop(target);
      },
      () => {
        this.assembly.roster.stop(target);
      },
    );
  }

  /**
   * Kill a process, one of its workers (`nova-api:2@controller`), an actor of one's own, or a host with all its
   * processes and guests. @throws Error for an unknown one
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * cloud.crash("compute-1");
   * cloud.guests()[0]?.power_state; // → "Shutdown"
   * ```
   */
  crash(target: string): void {
    assertText(target, "crash", PLACE);
    this.journal.note(
      (cloud) => {
        cloud.crash(target);
      },
      () => {
        if (this.crashOwn(target) && target.includes("@")) return;
        this.assembly.roster.crash(target);
      },
    );
  }

  /**
   * The guest of a server, by the server's name (the newest) or id, to ask what it would ask by itself.
   * @throws Error if there is no such server, or if it does not run
   */
  guest(name: string): Guest {
    assertText(name, "guest", SERVER);
    const { id } = this.server(name) ?? {};
    const { deployment, infrastructure } = this.assembly;
    const running = [...infrastructure.onComputes(hypervisor).values()].some(
      (host) => host.guest(id ?? "")?.powerState === RUNNING,
    );
    if (id === undefined) throw new DriverError(`there is no server ${describe(name)}`);
    if (!running) throw new DriverError(`the guest of server ${describe(name)} does not run`);
    const { hostname = name } = infrastructure.of(novaDatabase).instances.get(id) ?? {};
    const route = () => deployment.guestRoute(id);
    return new Guest({
      hostname,
      network: this.network,
      route,
      note: (again, act) => this.noted((cloud) => again(cloud.guest(name)), act),
    });
  }

  /**
   * The guest of a server gets busy, or has less to do; what is not said stays. @param name or id of the server
   * @throws Error if there is no such server, or no guest of it
   */
  load(name: string, load: LoadChange): void {
    assertText(name, "load", SERVER);
    assertLoad(load);
    this.noted(
      (cloud) => {
        cloud.load(name, load);
      },
      () => {
        const { id } = this.server(name) ?? {};
        if (id === undefined) throw new DriverError(`there is no server ${describe(name)}`);
        const hosts = [...this.assembly.infrastructure.onComputes(hypervisor).values()];
        // One that is resized is on two hosts, and runs on one.
        const host =
          hosts.find((each) => each.guest(id)?.powerState === RUNNING) ??
          hosts.find((each) => each.guest(id) !== undefined);
        if (host === undefined) {
          throw new DriverError(`no host has the guest of server ${describe(name)}`);
        }
        host.setLoad(id, load);
      },
    );
  }

  /** Do `act` from outside of any operation, and note how it is done again. */
  protected noted<T>(again: (cloud: this) => unknown, act: () => T): T {
    this.kernel.assertOutside();
    return this.journal.note(again, act);
  }
}
