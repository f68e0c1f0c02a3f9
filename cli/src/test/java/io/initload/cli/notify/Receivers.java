package io.initload.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that asks who sends, and a receiver of webhooks that wants a token. */
final class Receivers implements AutoCloseable {
  static final String TOKEN = "tiger-hook";
  static final String PASSWORD = "tiger-mail";
  static final String PATH = "/T0/tiger-path";
  private static final String TO = "dba@example.com";

  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final int mailPort;
  private final HttpServer web;
  private final List<JsonNode> posted = new CopyOnWriteArrayList<>();

  Receivers() {
    mail.setUser(TO, TO, "nobody-reads-it");
    mail.setUser("etl@example.com", "etl", PASSWORD);
    mail.start();
    mailPort = mail.getSmtp().getPort();
    try {
      web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    web.createContext(PATH, this::take);
    web.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean known =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (known) {
      posted.add(Shell.parse(new String(body, StandardCharsets.UTF_8)));
    }
    exchange.sendResponseHeaders(known ? 204 : 403, -1);
    exchange.close();
  }

  /** The block of the configuration that names both. */
  String block(String... more) {
    return """
    notify:
      timeout: 5s
      webhook: {url: "http://127.0.0.1:%d%s", token: %s}
      mail:
        host: 127.0.0.1
        port: %d
        encryption: none
        user: etl
        password: %s
        from: etl@example.com
        to: %s
    """
            .formatted(web.getAddress().getPort(), PATH, TOKEN, mailPort, PASSWORD, TO)
        + String.join("", more);
  }

  /** A site of which both are told. */
  Site told(Site site) {
    return site.config(text -> text + block());
  }

  /** What the webhook got, in order. */
  List<JsonNode> posted() {
    return posted;
  }

  List<String> events() {
    return posted.stream().map(p -> p.path("event").asText()).toList();
  }

  /** The subjects of the mails, in order. */
  List<String> subjects() {
    return Arrays.stream(mail.getReceivedMessages()).map(Receivers::subject).toList();
  }

  List<MimeMessage> mails() {
    return List.of(mail.getReceivedMessages());
  }

  private static String subject(MimeMessage message) {
    try {
      return message.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  void closeMail() {
    mail.stop();
  }

  @Override
  public void close() {
    web.stop(0);
    mail.stop();
  }
}
