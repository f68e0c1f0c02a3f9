package io.initload.config.read;

import io.initload.Nearest;
import io.initload.config.Secret;
import io.initload.config.notify.NotifyConfig;
import io.initload.config.notify.NotifyConfig.Encryption;
import io.initload.config.notify.NotifyConfig.Event;
import io.initload.config.notify.NotifyConfig.Mail;
import io.initload.config.notify.NotifyConfig.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The block {@code notify}. */
final class NotifyBinder {
  private static final int RECEIVERS_MAX = 20;
  private static final String NOT_AN_ADDRESS = "is not a mail address, as etl@example.com";
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|::1");

  NotifyConfig bind(Section section) {
    return new NotifyConfig(
        events(section),
        section.duration(
            "timeout", NotifyConfig.TIMEOUT, Duration.ofMillis(100), Duration.ofSeconds(15)),
        webhook(section, section.section("webhook")),
        mail(section, section.section("mail")));
  }

  private static Set<Event> events(Section section) {
    Set<Event> events = EnumSet.noneOf(Event.class);
    List<String> known = Arrays.stream(Event.values()).map(Scalar::written).toList();
    for (String name : section.texts("events")) {
      Arrays.stream(Event.values())
          .filter(event -> Scalar.written(event).equals(name))
          .findFirst()
          .ifPresentOrElse(
              events::add,
              () ->
                  section.fault(
                      "events",
                      "\"%s\" is not one of %s%s"
                          .formatted(name, String.join(", ", known), Nearest.hint(name, known))));
    }
    return events.isEmpty() ? NotifyConfig.NONE.events() : events;
  }

  private static Optional<Webhook> webhook(Section notify, Section section) {
    if (!notify.has("webhook")) {
      return Optional.empty();
    }
    Secret url = section.secret("url");
    fault(url.reveal()).ifPresent(fault -> section.fault("url", fault));
    return Optional.of(new Webhook(url, section.secret("token")));
  }

  /** Whoever knows the URL may post there: no message shows it. */
  private static Optional<String> fault(String url) {
    String wanted = "must be a URL that begins with https (http only for this machine itself)";
    try {
      URI uri = new URI(url);
      boolean here = uri.getHost() != null && LOOPBACK.matcher(uri.getHost()).matches();
      boolean good = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here);
      return good && uri.getHost() != null && uri.getUserInfo() == null
          ? Optional.empty()
          : Optional.of(wanted);
    } catch (URISyntaxException e) {
      return Optional.of(wanted);
    }
  }

  private static Optional<Mail> mail(Section notify, Section section) {
    if (!notify.has("mail")) {
      return Optional.empty();
    }
    Mail mail =
        new Mail(
            section.text("host"),
            section.integer("port", 587, 1, 65_535),
            section.choice("encryption", Encryption.STARTTLS),
            section.text("user", ""),
            section.secret("password"),
            section.parsed("from", "", NotifyBinder::address),
            section.textOrTexts("to"));
    if (mail.to().size() > RECEIVERS_MAX) {
      section.fault("to", "names more than %d addresses; use a list's".formatted(RECEIVERS_MAX));
    }
    mail.to().stream()
        .filter(address -> !ADDRESS.matcher(address).matches())
        .forEach(address -> section.fault("to", "\"" + address + "\" " + NOT_AN_ADDRESS));
    if (mail.user().isEmpty() == section.has("password")) {
      section.fault("password", "goes with user: give both, or neither");
    }
    boolean bare = mail.encryption() == Encryption.NONE && !mail.user().isEmpty();
    if (bare && !LOOPBACK.matcher(mail.host()).matches()) {
      section.fault("encryption", "none would show the password to everybody on the way");
    }
    return Optional.of(mail);
  }

  private static String address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw new IllegalArgumentException(NOT_AN_ADDRESS);
    }
    return text;
  }
}
