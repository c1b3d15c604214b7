/**
 * What a guest does while it runs, and what its hypervisor has counted of it: processor time, what it has read
 * and written of its root disk, what came and went over its network. Each counter is the load times the time
 * since the guest was started, and so the same in every run. What the guest does it for nobody says. Upstream:
 * the counters of QEMU, as virDomainGetInfo, virDomainBlockStats and virDomainInterfaceStats give them.
 */

/** How busy a guest is. Rates are for each second. */
export interface GuestLoad {
  /** Of all its processors together. */
  readonly cpu_percent: number;
  readonly disk_read_bytes: number;
  readonly disk_write_bytes: number;
  readonly net_in_bytes: number;
  readonly net_out_bytes: number;
}

/** A guest that does nothing in particular. */
export const IDLE_LOAD: GuestLoad = {
  cpu_percent: 2,
  disk_read_bytes: 0,
  disk_write_bytes: 4096,
  net_in_bytes: 120,
  net_out_bytes: 60,
};

interface DiskCounters {
  readonly rd_req: number;
  readonly rd_bytes: number;
  readonly wr_req: number;
  readonly wr_bytes: number;
}

interface InterfaceCounters {
  readonly rx_bytes: number;
  readonly rx_packets: number;
  readonly tx_bytes: number;
  readonly tx_packets: number;
}

/** Since the guest was started. */
export interface GuestCounters {
  readonly cpu_ns: number;
  readonly disk: DiskCounters;
  /** Of each of its interfaces. */
  readonly net: InterfaceCounters;
}

/** Bytes of a request to a disk, and of a packet. */
const BLOCK = 4096;
const PACKET = 120;

/** What of its load changes. */
export type LoadChange = { readonly [K in keyof GuestLoad]?: GuestLoad[K] | undefined };

type Sums = Record<keyof GuestLoad, number>;

const none = (): Sums => ({
  cpu_percent: 0,
  disk_read_bytes: 0,
  disk_write_bytes: 0,
  net_in_bytes: 0,
  net_out_bytes: 0,
});

const ALL = [
  "cpu_percent",
  "disk_read_bytes",
  "disk_write_bytes",
  "net_in_bytes",
  "net_out_bytes",
] as const;

export class GuestActivity {
  readonly #vcpus: number;
  #load: Sums = { ...IDLE_LOAD };
  /** Load times microseconds, until `#at`. */
  #sums = none();
  #at = 0;
  #running = false;

  constructor(vcpus: number) {
    this.#vcpus = vcpus;
  }

  /** It runs from now on, or does not. What is switched off has counted nothing. */
  powered(now: number, state: "runs" | "paused" | "off"): void {
    this.#count(now);
    if (state === "off") this.#sums = none();
    this.#running = state === "runs";
  }

  setLoad(now: number, change: LoadChange): void {
    this.#count(now);
    const load = { ...this.#load };
    for (const key of ALL) load[key] = change[key] ?? load[key];
    this.#load = load;
  }

  counters(now: number): GuestCounters {
    this.#count(now);
    const { cpu_percent, ...sums } = this.#sums;
    const bytes = (key: keyof typeof sums): number => Math.floor(sums[key] / 1e6);
    return {
      // A percent of a microsecond is ten nanoseconds.
      cpu_ns: Math.floor(cpu_percent * 10 * this.#vcpus),
      disk: {
        rd_req: Math.floor(bytes("disk_read_bytes") / BLOCK),
        rd_bytes: bytes("disk_read_bytes"),
        wr_req: Math.floor(bytes("disk_write_bytes") / BLOCK),
        wr_bytes: bytes("disk_write_bytes"),
      },
      net: {
        rx_bytes: bytes("net_in_bytes"),
        rx_packets: Math.floor(bytes("net_in_bytes") / PACKET),
        tx_bytes: bytes("net_out_bytes"),
        tx_packets: Math.floor(bytes("net_out_bytes") / PACKET),
      },
    };
  }

  #count(now: number): void {
    const passed = this.#running ? now - this.#at : 0;
    for (const key of ALL) this.#sums[key] += this.#load[key] * passed;
    this.#at = now;
  }
}
