package io.initload.config.read;

import io.initload.config.FieldMapping.Place;
import io.initload.config.read.ConfigException.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The nodes of a YAML text, with their lines. What the parser says about a malformed text is passed
 * on without the snippets and names it quotes, since a password may stand there.
 *
 * <p>YAML does not allow the braces of {@code ${NAME}} in an unquoted value between braces, as in
 * <code>{clientId: ${ID}}</code>. People write that, so such references are hidden from the parser
 * behind two private-use characters and come back in {@link #text}.
 */
final class YamlTree {
  private static final Pattern QUOTED_NAME =
      Pattern.compile("\\b(alias|anchor|handle|directive)\\b.*", Pattern.DOTALL);

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';

  private YamlTree() {}

  /**
   * Reads one document.
   *
   * @param file the name to use in the exception
   * @throws ConfigException with one problem when the text is not one YAML document
   */
  static Node compose(String file, byte[] bytes) {
    if (bytes.length > YamlBounds.BYTES_MAX) {
      throw failure(file, 0, "the file has more than %,d bytes".formatted(YamlBounds.BYTES_MAX));
    }
    String text = decode(file, bytes);
    refuse(file, YamlBounds.line(text));
    int reserved = text.indexOf(OPEN) < 0 ? text.indexOf(CLOSE) : text.indexOf(OPEN);
    if (reserved >= 0) {
      int position = text.codePointCount(0, reserved);
      throw failure(file, lineAt(text, position), notAllowed(text.charAt(reserved)));
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(true).build();
    try {
      refuse(file, YamlBounds.depth(hidden(text), settings));
      Optional<Node> root = new Compose(settings).composeString(hidden(text));
      return root.orElseThrow(() -> failure(file, 0, "the file is empty"));
    } catch (MarkedYamlEngineException e) {
      throw failure(file, line(e), "malformed YAML: " + problem(e));
    } catch (ReaderException e) {
      throw failure(file, lineAt(text, e.getPosition()), notAllowed(e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw failure(file, 0, "malformed YAML: the document refers to itself too often");
    }
  }

  private static void refuse(String file, Optional<YamlBounds.Excess> excess) {
    if (excess.isPresent()) {
      throw failure(file, excess.get().line(), excess.get().message());
    }
  }

  /** The value of a node, as the file has it. */
  static String text(ScalarNode node) {
    return node.getValue().replace(String.valueOf(OPEN), "${").replace(CLOSE, '}');
  }

  private static String hidden(String text) {
    return REFERENCE.matcher(text).replaceAll(OPEN + "$1" + CLOSE);
  }

  /** The one-based line a node starts on. */
  static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  /**
   * Where the text of a node begins: after a quote, and in a block where its first line does. In
   * texts that are folded or escaped what follows may stand elsewhere.
   */
  static Place placeOf(Node node) {
    Mark mark = node.getStartMark().orElseThrow();
    boolean block =
        node instanceof ScalarNode scalar
            && (scalar.getScalarStyle() == ScalarStyle.LITERAL
                || scalar.getScalarStyle() == ScalarStyle.FOLDED);
    if (block) {
      return new Place(mark.getLine() + 2, indent(mark) + 1);
    }
    boolean plain =
        !(node instanceof ScalarNode scalar) || scalar.getScalarStyle() == ScalarStyle.PLAIN;
    return new Place(mark.getLine() + 1, mark.getColumn() + (plain ? 1 : 2));
  }

  /** Blanks before the first line of a block, whose header begins at the mark. */
  private static int indent(Mark header) {
    int[] text = header.getBuffer();
    int at = header.getPointer();
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    int blanks = 0;
    while (at + 1 + blanks < text.length && text[at + 1 + blanks] == ' ') {
      blanks++;
    }
    return blanks;
  }

  /** What a node is, in words. */
  static String describe(Node node) {
    if (node instanceof MappingNode) {
      return "a block";
    }
    return node instanceof SequenceNode ? "a list" : Scalar.Kind.of(node.getTag()).words;
  }

  private static String decode(String file, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = decoder.decode(in).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw failure(file, line, "the file is not UTF-8 from here on");
    }
  }

  private static String problem(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    String all = context + (e.getProblem() == null ? "" : e.getProblem());
    if (all.contains("alias")) {
      return "a value that begins with * refers to an anchor that is not there; put it in quotes";
    }
    return QUOTED_NAME.matcher(all).replaceAll("$1");
  }

  private static int line(MarkedYamlEngineException e) {
    return e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(-1) + 1;
  }

  private static int lineAt(String text, int codePoints) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    return (int) text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
  }

  private static String notAllowed(int codePoint) {
    return "malformed YAML: the character U+%04X is not allowed".formatted(codePoint);
  }

  private static ConfigException failure(String file, int line, String message) {
    return new ConfigException(file, List.of(new Problem(line, "", message)));
  }
}
