package io.initload.simulator.http.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.auth.LoginException;
import io.initload.simulator.auth.LoginSession;
import io.initload.simulator.auth.OrgUser;
import io.initload.simulator.http.Addresses;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.http.Router;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** OAuth: tokens, who the user is, revocation (docs/reference/salesforce.md, "Logging in"). */
public final class TokenRoutes {
  private final OrgParts org;
  private final Addresses addresses;

  public TokenRoutes(OrgParts org, Addresses addresses) {
    this.org = org;
    this.addresses = addresses;
  }

  public List<Route> routes() {
    return List.of(
        open("POST", "services/oauth2/token", "token", this::token),
        open("POST", "services/oauth2/revoke", "revoke", this::revoke),
        session("GET", "services/oauth2/userinfo", "userinfo", this::userinfo),
        session("POST", "services/oauth2/userinfo", "userinfo", this::userinfo),
        session("GET", "id/{org}/{user}", "identity", this::identity));
  }

  private static Route open(String method, String path, String action, Route.Answer answer) {
    return Route.of(Route.Scope.OPEN, method, path, action, exchange -> () -> answer.to(exchange));
  }

  private static Route session(String method, String path, String action, Route.Answer answer) {
    return Route.of(
        Route.Scope.SESSION, method, path, action, exchange -> () -> answer.to(exchange));
  }

  private Reply token(Exchange exchange) throws IOException {
    String text = new String(exchange.bytes(), StandardCharsets.UTF_8);
    Map<String, String> form = new HashMap<>(Router.parameters(exchange.facts().query()));
    form.putAll(Router.parameters(text));
    basic(exchange.header("Authorization"), form);
    try {
      LoginSession session = org.logins().login(form, addresses.loginUrl());
      return answer(session, form.getOrDefault("grant_type", ""));
    } catch (LoginException e) {
      ObjectNode error = Json.object();
      error.put("error", e.error()).put("error_description", e.description());
      return Reply.json(400, error).with("Cache-Control", "no-store");
    }
  }

  private static void basic(String authorization, Map<String, String> form) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      form.putIfAbsent("client_id", parts[0]);
      form.putIfAbsent("client_secret", parts.length > 1 ? parts[1] : "");
    } catch (IllegalArgumentException e) {
      form.remove("client_id");
    }
  }

  private Reply answer(LoginSession session, String grant) {
    ObjectNode token = Json.object();
    token.put("access_token", session.token());
    token.put("scope", "api id");
    token.put("instance_url", addresses.instanceUrl());
    token.put("id", identityUrl(session.user()));
    token.put("token_type", "Bearer");
    if (!grant.endsWith("jwt-bearer")) {
      String issued = String.valueOf(session.issued().toEpochMilli());
      token.put("issued_at", issued);
      token.put(
          "signature",
          Base64.getEncoder()
              .encodeToString(("signature " + issued).getBytes(StandardCharsets.UTF_8)));
    }
    return Reply.json(200, token).with("Cache-Control", "no-store");
  }

  private String identityUrl(OrgUser user) {
    return addresses.loginUrl() + "/id/" + org.orgId() + "/" + user.id();
  }

  private Reply revoke(Exchange exchange) throws IOException {
    Map<String, String> form =
        Router.parameters(new String(exchange.bytes(), StandardCharsets.UTF_8));
    if (org.logins().revoke(form.getOrDefault("token", ""))) {
      return Reply.empty(200);
    }
    ObjectNode error = Json.object();
    error.put("error", "unsupported_token_type").put("error_description", "invalid token");
    return Reply.json(400, error);
  }

  private Reply userinfo(Exchange exchange) {
    OrgUser user = exchange.session().user();
    ObjectNode info = Json.object();
    info.put("sub", identityUrl(user)).put("user_id", user.id());
    info.put("organization_id", org.orgId()).put("preferred_username", user.username());
    info.put("nickname", user.username()).put("name", user.name()).put("email", user.email());
    info.put("email_verified", true).put("language", "en_US").put("locale", "en_US");
    info.put("zoneinfo", "GMT").put("user_type", "STANDARD").put("active", true);
    info.set("urls", urls(user));
    return Reply.json(200, info);
  }

  private Reply identity(Exchange exchange) {
    OrgUser asking = exchange.session().user();
    if (!exchange.variable("user").startsWith(asking.id().substring(0, 15))
        || !exchange.variable("org").startsWith(org.orgId().substring(0, 15))) {
      throw new OrgException(OrgException.Kind.FORBIDDEN, "FORBIDDEN", "Bad_Id");
    }
    ObjectNode identity = Json.object();
    identity.put("id", identityUrl(asking)).put("asserted_user", true);
    identity.put("user_id", asking.id()).put("organization_id", org.orgId());
    identity.put("username", asking.username()).put("nick_name", asking.username());
    identity.put("display_name", asking.name()).put("email", asking.email());
    identity.put("active", true).put("user_type", "STANDARD");
    identity.put("language", "en_US").put("locale", "en_US").put("utcOffset", 0);
    identity.set("urls", urls(asking));
    return Reply.json(200, identity);
  }

  private ObjectNode urls(OrgUser user) {
    String base = addresses.instanceUrl() + "/services/data/v{version}/";
    ObjectNode urls = Json.object();
    urls.put("rest", base).put("sobjects", base + "sobjects/").put("query", base + "query/");
    urls.put("profile", addresses.instanceUrl() + "/" + user.id());
    return urls;
  }
}
