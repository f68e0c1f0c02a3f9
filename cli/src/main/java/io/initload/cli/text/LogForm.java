package io.initload.cli.text;

import static net.logstash.logback.argument.StructuredArguments.kv;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.LoggerFactory;

/**
 * The log on standard error: lines for people, or one JSON object a line where a program reads it,
 * which is what {@code initload task} writes, and every command for which {@code
 * INITLOAD_LOG_FORMAT} is {@code json}. Found by logback as a service; not as its XML file, because
 * reading that takes longer than most commands. {@code -Dlogback.configurationFile} still names
 * another.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogForm extends ContextAwareBase implements Configurator {
  private static final String JSON = "initload.log.json";
  private static final String FORMAT = "INITLOAD_LOG_FORMAT";
  private static final String LOGBACK = "logback.configurationFile";
  private static final String OURS = "io.initload";
  private static final String IGNORED = "[ignore]";

  /** Chooses JSON for all logs of this process; before the first logger is made. */
  public static void json() {
    System.setProperty(JSON, "true");
  }

  /** Whether the log is JSON: then what went wrong is told as a line of it too. */
  static boolean isJson() {
    return Boolean.getBoolean(JSON) || "json".equals(System.getenv(FORMAT));
  }

  /** Adds a field to every line from now on that does not say otherwise by itself. */
  public static void field(String name, String value) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      logs.putProperty(name, value);
    }
  }

  /**
   * Logs as much as that; where the user has a configuration of logback, only what was asked for.
   */
  public static void volume(Volume volume) {
    if (volume == Volume.NORMAL && System.getProperty(LOGBACK) != null) {
      return;
    }
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      logs.getLogger(OURS)
          .setLevel(
              switch (volume) {
                case QUIET -> Level.WARN;
                case NORMAL -> usual();
                case VERBOSE -> Level.DEBUG;
              });
    }
  }

  private static Level usual() {
    return Level.toLevel(System.getenv("INITLOAD_LOG"), Level.INFO);
  }

  /** What went wrong, for a program that reads the log. */
  public static void tell(String code, String message, String remedy) {
    LoggerFactory.getLogger(LogForm.class)
        .error("{}", message, kv("code", code), kv("remedy", remedy));
  }

  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    if (System.getProperty(LOGBACK) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(logs);
    console.setName("STDERR");
    console.setTarget("System.err");
    console.setEncoder(isJson() ? objects(logs) : lines(logs));
    console.start();
    Logger root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    logs.getLogger(OURS).setLevel(usual());
    String format = System.getenv(FORMAT);
    if (format != null && !format.equals("json") && !format.equals("text")) {
      logs.getLogger(LogForm.class).warn("{} is neither json nor text: {}", FORMAT, format);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> lines(LoggerContext logs) {
    PatternLayout layout = new PatternLayout();
    layout.setContext(logs);
    layout.getInstanceConverterMap().put("safe", LogMessage::new);
    layout.getInstanceConverterMap().put("trace", Traces::new);
    layout.setPattern(
        System.getProperty("initload.log.start", "")
            + "%d{HH:mm:ss.SSS} %-5level [%thread] %safe%n%trace");
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(logs);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> objects(LoggerContext logs) {
    LogstashFieldNames names = new LogstashFieldNames();
    names.setTimestamp("time");
    names.setMessage("msg");
    names.setThread("thread");
    names.setLogger("logger");
    names.setStackTrace("stack");
    names.setVersion(IGNORED);
    names.setLevelValue(IGNORED);
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(logs);
    encoder.setTimeZone("UTC");
    encoder.setFieldNames(names);
    encoder.setIncludeContext(false);
    encoder.setIncludeMdc(false);
    encoder.addProvider(new LogFields());
    encoder.start();
    return encoder;
  }
}
