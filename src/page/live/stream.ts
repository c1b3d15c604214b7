/**
 * The recording on its way into the page. The browser itself connects again, and says which line it has read last; a server
 * that has begun anew, or has not kept that line, begins with a session.
 */

/** How the cloud was before the first line that comes. */
export interface Before {
  readonly rows: readonly {
    readonly project: string;
    readonly table: string;
    readonly key: string | number;
    readonly columns: Readonly<Record<string, unknown>>;
  }[];
  readonly services: readonly { readonly actor: string; readonly event: string }[];
}

export interface About {
  /** Lines for a shell. */
  readonly environment: string;
  /** `127.0.0.1:8780`. */
  readonly dashboard: string | null;
}

export interface Begun {
  /** The first line of the recording. */
  readonly header: string;
  /** The number of the first line that comes. */
  readonly first: number;
  readonly before: Before | null;
  readonly about: About;
}

export type Link = "connecting" | "live" | "lost";

export interface Listener {
  /** Everything that was read before is of another session, or has gaps. */
  begin(begun: Begun): void;
  lines(lines: readonly string[]): void;
  link(link: Link): void;
}

/** @returns what ends it */
export function follow(url: string, listener: Listener): () => void {
  const source = new EventSource(url);
  source.addEventListener("open", () => listener.link("live"));
  source.addEventListener("error", () => listener.link("lost"));
  source.addEventListener("session", ({ data }: MessageEvent<string>) => {
    listener.begin(JSON.parse(data) as Begun);
  });
  source.addEventListener("message", ({ data }: MessageEvent<string>) => {
    listener.lines(data.split("\n"));
  });
  return () => source.close();
}
