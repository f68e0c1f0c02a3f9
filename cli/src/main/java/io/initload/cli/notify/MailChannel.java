package io.initload.cli.notify;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.initload.config.notify.NotifyConfig.Encryption;
import io.initload.config.notify.NotifyConfig.Mail;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Properties;

/** Mail, handed to a server by SMTP. */
final class MailChannel implements Channel {
  private static final String SMTP = "smtp";

  private final Mail mail;
  private final Duration timeout;
  private final Clock clock;

  MailChannel(Mail mail, Duration timeout, Clock clock) {
    this.mail = mail;
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public void send(NoticeText notice) throws Unreached {
    Session session = Session.getInstance(properties());
    try (Transport transport = session.getTransport(SMTP)) {
      MimeMessage message = message(session, notice);
      if (mail.user().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(mail.user(), mail.password().reveal());
      }
      transport.sendMessage(message, message.getAllRecipients());
    } catch (AuthenticationFailedException e) {
      throw new Unreached("the server refuses the user", e);
    } catch (MessagingException e) {
      throw new Unreached(e.getClass().getSimpleName(), e);
    }
  }

  private MimeMessage message(Session session, NoticeText notice) throws MessagingException {
    String charset = StandardCharsets.UTF_8.name();
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(mail.from(), true));
    for (String to : mail.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    }
    message.setSubject(notice.subject(), charset);
    message.setText(notice.body() + "\n", charset);
    message.setHeader("Date", RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    // Nobody's holiday answers it.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  private Properties properties() {
    Properties properties = new Properties();
    String silence = Long.toString(timeout.toMillis());
    put(properties, "host", mail.host());
    put(properties, "port", Integer.toString(mail.port()));
    put(properties, "auth", Boolean.toString(!mail.user().isEmpty()));
    put(properties, "connectiontimeout", silence);
    put(properties, "timeout", silence);
    put(properties, "writetimeout", silence);
    boolean turns = mail.encryption() == Encryption.STARTTLS;
    put(properties, "starttls.enable", Boolean.toString(turns));
    put(properties, "starttls.required", Boolean.toString(turns));
    put(properties, "ssl.enable", Boolean.toString(mail.encryption() == Encryption.TLS));
    put(properties, "ssl.checkserveridentity", "true");
    return properties;
  }

  private static void put(Properties properties, String name, String value) {
    properties.setProperty("mail." + SMTP + "." + name, value);
  }
}
