/**
 * The machine that a program in a guest finds itself on: its files, its memory, its disks. Of the cloud
 * around it there is nothing here; what it knows of that, somebody has written into a file. Upstream: none,
 * it is what an operating system shows.
 */
export interface GuestMachine {
  /** As the hypervisor knows it; no program in the guest reads this. */
  readonly uuid: string;
  readonly hostname: string;
  readonly memory_mb: number;
  /** How often it has begun to run. */
  readonly boots: number;
  /** What was put there for this guest alone, text by path. */
  readonly files: ReadonlyMap<string, string>;
  /** GB of the disk `vdb`; undefined where there is none of that name, or nobody knows it. */
  diskSize(name: string): number | undefined;
}
