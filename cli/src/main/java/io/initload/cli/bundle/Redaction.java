package io.initload.cli.bundle;

import io.initload.config.Secret;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What may be shown to strangers. Values of settings are shown where their form and their place
 * alone say that they are no data; texts lose what stands in quotes, addresses of people, tokens
 * and words that are not plain ASCII. What the configuration holds as a secret is taken out of all.
 */
final class Redaction {
  private static final String HIDDEN = "<hidden>";

  /** Shorter ones would be found in half of all words; nobody's password is. */
  private static final int SECRET_CHARS_MIN = 4;

  private static final Pattern FIGURE =
      Pattern.compile("-?[0-9]+([.][0-9]+)?( ?(ms|s|m|h|d|B|KB|MB|GB|%))?|true|false");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$#][A-Za-z0-9_.$#]*");
  private static final Pattern CHOICE = Pattern.compile("[a-z]+(-[a-z]+)*");
  private static final Set<String> NAMES = Set.of("source", "object", "externalId", "phase");
  private static final Set<String> CHOICES =
      Set.of("flow", "consistency", "level", "compression", "strategy");

  private static final Pattern PRIVATE =
      Pattern.compile(
          "\"[^\"]*\"|'[^']*'|\\S+@\\S+|00D\\w{12,15}!\\S+|//[^/\\s]*:[^/\\s]*@"
              + "|\\S*[^\\x00-\\x7f]\\S*");

  private final Set<String> secrets = new TreeSet<>();

  /**
   * @param config whose secrets are looked for, in whatever records it is made of
   */
  Redaction(Record config) {
    collect(config);
  }

  private void collect(Object value) {
    if (value instanceof Secret secret) {
      if (secret.reveal().length() >= SECRET_CHARS_MIN) {
        secrets.add(secret.reveal());
      }
    } else if (value instanceof Optional<?> some) {
      some.ifPresent(this::collect);
    } else if (value instanceof Collection<?> all) {
      all.forEach(this::collect);
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(this::collect);
    } else if (value instanceof Record some) {
      for (RecordComponent component : some.getClass().getRecordComponents()) {
        component(some, component);
      }
    }
  }

  private void component(Record some, RecordComponent component) {
    try {
      Object value = component.getAccessor().invoke(some);
      if (value != null) {
        collect(value);
      }
    } catch (ReflectiveOperationException e) {
      // What cannot be looked into must not be believed to hold no secret.
      throw new IllegalStateException("the configuration hides " + component, e);
    }
  }

  /** The same without the secrets of the configuration; for all that is written. */
  String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    return hidden;
  }

  /** A sentence of a log. */
  static String text(String sentence) {
    return PRIVATE.matcher(sentence).replaceAll(HIDDEN);
  }

  /** What the file says, by the path of the setting: of most only that there is something. */
  static Map<String, String> settings(Map<String, String> said) {
    Map<String, String> shown = new TreeMap<>();
    said.forEach((path, value) -> shown.put(path, known(path, value) ? value : HIDDEN));
    return shown;
  }

  private static boolean known(String path, String value) {
    String leaf = path.substring(path.lastIndexOf('.') + 1);
    if (path.startsWith("tables")) {
      boolean cut = path.contains(".chunking.") && FIGURE.matcher(value).matches();
      return cut || (NAMES.contains(leaf) && NAME.matcher(value).matches());
    }
    return FIGURE.matcher(value).matches()
        || (CHOICES.contains(leaf) && CHOICE.matcher(value).matches());
  }
}
