/**
 * What the parts of one guest agent share: who it is, the guest's disk, how long things take in a guest, and
 * the way to the conductor. Upstream: CONF and the singletons of trove/guestagent.
 */
import { RpcClient, clientOf, type ClientOf } from "../../../bus/index.js";
import type { Env, FlagsOf, RequestContext } from "../../../framework/index.js";
import { sleep, unixMicros, type Op, type Span } from "../../../kernel/index.js";
import { conductorApi } from "../conductor/rpcapi.js";
import { TroveContext, troveSerializer } from "../context.js";
import { datastoreFlags, datastoreOptions, type DatastoreOptions } from "../datastore/flags.js";
import { guestAgentFlags, ignoreFlags, troveInstanceFlags } from "../flags.js";
import { RemoteClients } from "../remote/clients.js";
import type { GuestDisk } from "./disk.js";

/** How long things take in a guest. */
export interface GuestLatency {
  /** From the moment that the guest is switched on until its agent is started. */
  readonly guest_boot: Span;
  readonly install_packages: Span;
  readonly format_volume: Span;
  /** Of any database server. */
  readonly start_mysql: Span;
  readonly stop_mysql: Span;
  /** Reading or writing all data. */
  readonly copy_data: Span;
}

/** What a guest's files say of it. */
export interface AgentIdentity {
  readonly guestId: string;
  readonly manager: string;
}

export class AgentParts {
  readonly env: Env;
  readonly guestId: string;
  /** The datastore manager. */
  readonly manager: string;
  readonly disk: GuestDisk;
  readonly latency: GuestLatency;
  readonly flags: FlagsOf<typeof guestAgentFlags>;
  readonly shared: FlagsOf<typeof troveInstanceFlags>;
  readonly ignored: FlagsOf<typeof ignoreFlags>;
  readonly options: DatastoreOptions;
  readonly datastoreFlags: FlagsOf<typeof datastoreFlags>;
  readonly remote: RemoteClients;
  readonly #conductor: ClientOf<typeof conductorApi, RequestContext>;

  constructor(env: Env, who: AgentIdentity, disk: GuestDisk, latency: GuestLatency) {
    this.env = env;
    this.guestId = who.guestId;
    this.manager = who.manager;
    this.disk = disk;
    this.latency = latency;
    this.flags = env.flags.read(guestAgentFlags);
    this.shared = env.flags.read(troveInstanceFlags);
    this.ignored = env.flags.read(ignoreFlags);
    this.datastoreFlags = env.flags.read(datastoreFlags);
    this.options = datastoreOptions(this.datastoreFlags, who.manager);
    this.remote = new RemoteClients(env);
    this.#conductor = clientOf(conductorApi, new RpcClient(env.bus, troveSerializer));
  }

  *heartbeat(service_status: string): Op<void> {
    const args = { instance_id: this.guestId, payload: { service_status }, sent: this.sent() };
    yield* this.#conductor.heartbeat(this.#context(), args);
  }

  *updateBackup(
    backup_id: string,
    fields: Readonly<Record<string, string | number | null>>,
  ): Op<void> {
    const ids = { instance_id: this.guestId, backup_id, sent: this.sent() };
    yield* this.#conductor.update_backup(this.#context(), { ...ids, ...fields });
  }

  *reportRoot(user: string): Op<void> {
    yield* this.#conductor.report_root(this.#context(), { instance_id: this.guestId, user });
  }

  *take(span: Span): Op<void> {
    yield* sleep(this.env.stream("guest").within(span));
  }

  /** `float_utcnow`: seconds since 1970. */
  sent(): number {
    return unixMicros(this.env.utcnow()) / 1e6;
  }

  randomPassword(size = this.shared.default_password_length): string {
    const stream = this.env.stream("password");
    return Array.from({ length: size }, () => stream.pick(LETTERS)).join("");
  }

  /** An agent is nobody: it has a name and a password where others have a token. */
  #context(): TroveContext {
    const user_id = this.flags.nova_proxy_admin_user;
    return new TroveContext({ request_id: this.env.requestId(), user_id });
  }
}

const LETTERS = Array.from("2346789ABCDEFGHJKMNPQRTUVWXYZabcdefghjkmnpqrstuvwxyz");
