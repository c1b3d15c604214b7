/** To follow one request or one server: the rest fades, and never vanishes. */
import { shortIds } from "../views/words.js";
import type { App } from "./app.js";

/** That of the cursor, or no more. */
export function followRequest(app: App): void {
  const id =
    app.entry?.request ??
    app.model.requests.all.find(({ carrier }) => carrier === app.state.seq)?.id;
  if (id === undefined) return;
  const follow = `request:${id}`;
  app.set({ follow: app.state.follow === follow ? "" : follow });
}

/** That of the cursor, or no more. */
export function followServer(app: App): void {
  if (app.entry === undefined) return;
  const [name] = app.model.servers.of(app.state.seq);
  if (name === undefined) return;
  const follow = `server:"${name}"`;
  app.set({ follow: app.state.follow === follow ? "" : follow });
}

/** What is followed, as a reader would say it. */
export function followedWords(follow: string): string {
  const [, what, whom] = /^(request|server):"?([^"]*)"?$/u.exec(follow) ?? [];
  return what === undefined || whom === undefined ? follow : `${what} ${shortIds(whom)}`;
}
