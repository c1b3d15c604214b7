/**
 * What every request goes through before and after its view: the session and whether it is over, forged forms, errors of
 * Horizon's own, messages that wait for the next page, and redirects that a script must be told of in a header.
 * Upstream: horizon/middleware.py at 2014.2; Django 1.6's middleware of sessions, messages and csrf.
 */
import { respond, type HttpResponse } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { quote, toJson } from "../../../python/index.js";
import { logout } from "../auth/views.js";
import { isTokenValid } from "../auth/user.js";
import { setCookies, type Page, type PageMessage } from "../client/index.js";
import { SETTINGS } from "../settings.js";
import { redirect, type Answer } from "./answer.js";
import { Http302, NotAuthenticated, NotAuthorized } from "./exceptions.js";
import { projectList } from "./header.js";
import { REDIRECT_FIELD_NAME, type HorizonRequest } from "./request.js";
import { sidebar } from "./sidebar.js";

const HTML = { "content-type": "text/html; charset=utf-8" };

/** Serve `request` with whatever `resolve` finds for it. */
export function* served(
  request: HorizonRequest,
  resolve: (request: HorizonRequest) => Op<Answer>,
): Op<HttpResponse> {
  let response: HttpResponse;
  try {
    const over = yield* timeout(request);
    response = yield* rendered(request, over ?? (yield* guarded(request, resolve)));
  } catch (thrown) {
    const error = yield* caught(thrown);
    request.env.log("error", `Internal Server Error: ${request.path}: ${error.message}`);
    response = errorPage(500, "Server error", [
      "Something went wrong!",
      "An unexpected error has occurred. Try refreshing the page. If that doesn't help, contact your local administrator.",
    ]);
  }
  return finished(request, response);
}

/** Who was away for too long, or whose token is nearly over, is logged out, and led to where they were going. */
function* timeout(request: HorizonRequest): Op<Answer | undefined> {
  const { env, session, login } = request;
  const { kernel } = env;
  const timestamp = Math.floor((kernel.now - kernel.calendar.parse("1970-01-01T00:00:00")) / 1e6);
  const last = session.data.last_activity;
  const valid =
    login === undefined ||
    isTokenValid(login.token, kernel.now, (text) => kernel.calendar.parse(text));
  const idle = last !== undefined && timestamp - last > SETTINGS.session_timeout;
  if (!valid || idle) {
    request.setCookies.push(["logout_reason", "Session timed out."]);
    return yield* logout(request, request.path);
  }
  // What scripts ask for keeps no session alive.
  if (login !== undefined && !request.ajax) session.set({ last_activity: timestamp });
  return undefined;
}

function* guarded(
  request: HorizonRequest,
  resolve: (request: HorizonRequest) => Op<Answer>,
): Op<Answer> {
  const token = request.cookies.get("csrftoken");
  const sent = request.post.get("csrfmiddlewaretoken") ?? request.http.headers["x-csrftoken"];
  if (request.method === "POST" && (token === undefined || token !== sent)) {
    request.env.log("warning", `Forbidden (CSRF token missing or incorrect.): ${request.path}`);
    const body = errorPage(403, "403 Forbidden", ["CSRF verification failed. Request aborted."]);
    return { kind: "raw", response: body };
  }
  try {
    return yield* resolve(request);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof Http302) return redirect(error.location);
    if (!(error instanceof NotAuthorized) && !(error instanceof NotAuthenticated)) throw error;
    const to = `${SETTINGS.login_url}?${REDIRECT_FIELD_NAME}=${escaped(request.fullPath)}`;
    if (!request.ajax) return redirect(to);
    return { kind: "raw", response: respond(401, "", { "x-horizon-location": to }) };
  }
}

function* rendered(request: HorizonRequest, answer: Answer): Op<HttpResponse> {
  switch (answer.kind) {
    case "raw":
      return answer.response;
    case "redirect":
      return respond(302, "", { ...HTML, location: answer.to });
    case "page": {
      yield* projectList(request);
      const messages = request.ajax ? [] : request.messages.splice(0);
      const panels = request.ajax ? [] : yield* sidebar(request);
      const parts = yield* answer.main();
      const { login } = request;
      const shown: Page = {
        title: answer.title,
        messages,
        parts,
        ...(answer.tabs !== undefined && { tabs: answer.tabs }),
        ...(answer.location !== undefined && { location: answer.location }),
        ...(answer.drawing !== undefined && { drawing: answer.drawing }),
        ...(login !== undefined && {
          user: [login.username, login.token.project.name ?? ""] as const,
          projects: (request.projects.get(login.token.id) ?? []).map(({ name }) => name),
        }),
        ...(panels.length > 0 && { panels }),
      };
      if (login !== undefined) request.withCsrfToken();
      return respond(200, toJson(shown), HTML);
    }
  }
}

/** What a script gets, and what the browser keeps. */
function finished(request: HorizonRequest, written: HttpResponse): HttpResponse {
  const { session, signed, setCookies: set, messages } = request;
  let { status } = written;
  const headers: Record<string, string> = { ...written.headers };
  const to = headers["location"];
  if (request.ajax && to !== undefined && status === 302) {
    delete headers["location"];
    if (to.startsWith(SETTINGS.logout_url)) {
      status = 401;
      headers["logout"] = "True";
    } else {
      status = 200;
      headers["x-horizon-location"] = to;
    }
  } else if (request.ajax && messages.length > 0) {
    headers["x-horizon-messages"] = JSON.stringify(messages.splice(0).map(withExtra));
  }
  if (session.modified) set.push(["sessionid", signed.sign(session.data)]);
  const kept = JSON.stringify(messages);
  if (messages.length > 0) set.push(["messages", kept]);
  else if (request.cookies.has("messages")) set.push(["messages", null]);
  if (set.length > 0) headers["set-cookie"] = setCookies(set);
  return { ...written, status, headers };
}

/** Slashes stay as they are. */
const escaped = (path: string): string => quote(path).replaceAll("%2F", "/");

const withExtra = ([tag, text]: PageMessage) => [tag, text, ""];

/** A page that has nothing around it. */
export const errorPage = (
  status: number,
  title: string,
  words: readonly string[],
): HttpResponse => {
  const [heading = "", ...text] = words;
  const shown: Page = {
    title,
    messages: [],
    parts: [{ kind: "text", title: heading, text: text.join("\n") }],
  };
  return respond(status, toJson(shown), HTML);
};
