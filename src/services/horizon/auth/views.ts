/**
 * Signing in and out, and going over to another project. Upstream: openstack_auth/views.py, forms.py (Login) at 1.1.7;
 * openstack_dashboard/views.py (splash) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { FormPart } from "../client/index.js";
import { authenticate, deleteToken, tokenOf } from "../api/keystone.js";
import { KeystoneError } from "../../keystone/client.js";
import { SETTINGS } from "../settings.js";
import { page, redirect, type Answer } from "../web/answer.js";
import { REDIRECT_FIELD_NAME, type HorizonRequest } from "../web/request.js";
import { KeystoneAuthException, logIn, shortened } from "./backend.js";
import { User } from "./user.js";

interface Errors {
  readonly form?: readonly string[];
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

/** `/`: the form for a login, or on to the dashboard. */
export function* splash(request: HorizonRequest): Op<Answer> {
  if (request.login !== undefined) return redirect(homeOf(request.login));
  // Whoever comes without a session is given one (Launchpad 1394370).
  request.session.flush();
  return loginPage(request);
}

/** Upstream: `get_user_home`. */
const homeOf = (user: User): string => (user.hasRole("admin") ? "/admin/" : "/project/");

/** `/auth/login/`. */
export function* login(request: HorizonRequest): Op<Answer> {
  const { query, post } = request;
  const asked = query.get(REDIRECT_FIELD_NAME) ?? post.get(REDIRECT_FIELD_NAME);
  if (request.login !== undefined && asked === undefined) {
    return redirect(SETTINGS.login_redirect_url);
  }
  if (request.method !== "POST") return loginPage(request);
  const username = post.get("username") ?? "";
  const password = post.get("password") ?? "";
  const region = post.get("region") ?? "";
  const empty = ["username", "password"].filter((name) => (post.get(name) ?? "") === "");
  if (empty.length > 0) {
    const fields = Object.fromEntries(empty.map((name) => [name, ["This field is required."]]));
    return loginPage(request, { fields });
  }
  try {
    const authUrl = region === "" ? SETTINGS.openstack_keystone_url : region;
    const { user, unscoped_token } = yield* logIn(request, username, password, authUrl);
    request.env.log("info", `Login successful for user "${username}".`);
    request.session.set({ unscoped_token });
    keep(request, user);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!(error instanceof KeystoneAuthException)) throw error;
    request.env.log("warning", `Login failed for user "${username}".`);
    request.session.flush();
    return loginPage(request, { form: [error.message] });
  }
  return redirect(isSafe(asked) ? asked : SETTINGS.login_redirect_url);
}

/** `/auth/logout/`: the token is deleted, which Keystone v2.0 lets administrators do only, and the session is over. */
export function* logout(request: HorizonRequest, to: string = SETTINGS.login_url): Op<Answer> {
  const { env, session, login } = request;
  env.log("info", `Logging out user "${login?.username ?? ""}".`);
  const { region_endpoint, token } = session.data;
  if (token !== undefined && region_endpoint !== undefined && region_endpoint !== "") {
    yield* dropToken(request, region_endpoint, token.id);
  }
  session.flush();
  request.logIn(undefined);
  return redirect(to);
}

function* dropToken({ env, projects }: HorizonRequest, endpoint: string, id: string): Op<void> {
  projects.delete(id);
  try {
    yield* deleteToken(env, endpoint, id);
    env.log("info", `Deleted token ${id}`);
  } catch (error) {
    if (!(error instanceof KeystoneError)) throw error;
    env.log("info", "Could not delete token");
  }
}

/** `/auth/switch/{tenant_id}/`. */
export function* switchProject(request: HorizonRequest, tenantId: string): Op<Answer> {
  const { env, user, session, query } = request;
  const asked = query.get(REDIRECT_FIELD_NAME);
  const to = redirect(isSafe(asked) ? asked : SETTINGS.login_redirect_url);
  let token;
  try {
    const auth = { tenantId, token: { id: user.token.id } };
    token = shortened(tokenOf(yield* authenticate(env, user.endpoint, auth)));
    env.log("info", `Project switch successful for user "${user.username}".`);
  } catch (error) {
    if (!(error instanceof KeystoneError)) throw error;
    env.log("warning", `Project switch failed for user "${user.username}".`);
    env.log("error", "An error occurred while switching sessions.");
    return to;
  }
  const old = session.data;
  if (old.token !== undefined && old.token.id !== token.id) {
    yield* dropToken(request, old.region_endpoint ?? "", old.token.id);
  }
  keep(request, new User(token, user.endpoint));
  return to;
}

/** Upstream: `set_session_from_user`. */
function keep(request: HorizonRequest, user: User): void {
  request.session.set({
    token: user.token,
    user_id: user.id,
    region_endpoint: user.endpoint,
    ...(user.servicesRegion !== undefined && { services_region: user.servicesRegion }),
  });
  request.logIn(user);
}

/** No other site. */
const isSafe = (url: string | undefined): url is string =>
  url !== undefined && url !== "" && !/^(?:[a-z]+:)?\/\//iu.test(url);

function loginPage(request: HorizonRequest, errors: Errors = {}): Answer {
  const next = request.query.get(REDIRECT_FIELD_NAME) ?? request.post.get(REDIRECT_FIELD_NAME);
  const refused =
    request.login !== undefined && next !== undefined
      ? ["You do not have permission to access the resource:", next]
      : [];
  const reason = request.cookies.get("logout_reason");
  if (reason !== undefined) request.setCookies.push(["logout_reason", null]);
  request.withCsrfToken();
  const field = (name: string, label: string) => ({
    name,
    label,
    required: true,
    initial: name === "password" ? "" : (request.post.get(name) ?? ""),
    ...(errors.fields?.[name] !== undefined && { errors: errors.fields[name] }),
  });
  const form: FormPart = {
    kind: "form",
    title: "Log In",
    action: SETTINGS.login_url,
    submit: "Sign In",
    errors: [...refused, ...(reason === undefined ? [] : [reason]), ...(errors.form ?? [])],
    fields: [
      ...(next === undefined ? [] : [hidden(REDIRECT_FIELD_NAME, next)]),
      field("username", "User Name"),
      { ...field("password", "Password"), secret: true },
      hidden("region", SETTINGS.openstack_keystone_url),
    ],
  };
  return page("Login", function* () {
    return [form];
  });
}

const hidden = (name: string, initial: string) => ({
  name,
  label: "",
  required: false,
  initial,
  hidden: true as const,
});
