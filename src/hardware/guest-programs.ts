/**
 * What runs inside guests. An image says by a property which programs its system starts, and whoever owns a
 * program says how it is made; the hypervisor starts them when a guest begins to run and ends them when
 * that is over. Everything else that a guest does is not simulated. Upstream: the init system of an image.
 */

/** The property of an image that names the programs which are installed in it, with commas between. */
export const PROGRAMS_PROPERTY = "guest_programs";

/** What is on a new guest's root disk, beside what every system has. */
export interface GuestContents {
  /** What the guest calls itself. */
  readonly hostname: string;
  /** The programs that its system starts. */
  readonly programs: readonly string[];
  /** What was put there for this guest alone, text by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Who can start programs. Without anybody, guests run and do nothing. */
export interface GuestSystem<G> {
  /** `guest` begins to run. @returns ends all of it, from one moment to the next */
  boot(guest: G): () => void;
  /** `guest` goes on on this host, where it came from another one. */
  moved(guest: G): void;
  /** `guest` is gone, and all that it had written. */
  forget(guest: G): void;
}

/** Those that an image's property names. */
export const programsIn = (property: string | undefined): readonly string[] =>
  (property ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
