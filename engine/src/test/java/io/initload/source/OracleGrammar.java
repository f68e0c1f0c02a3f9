package io.initload.source;

import io.debezium.antlr.CaseChangingCharStream;
import io.debezium.ddl.parser.oracle.generated.PlSqlLexer;
import io.debezium.ddl.parser.oracle.generated.PlSqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.jspecify.annotations.Nullable;

/**
 * Judges Oracle statements without an Oracle: the PL/SQL grammar that Debezium maintains, and a
 * lint for what grammars let pass (extraction reference, section 9).
 */
final class OracleGrammar {
  private static final Pattern UNQUOTED_RESERVED =
      Pattern.compile(
          "(?<!AS )(?<!\\$)\\b(ACCESS|AUDIT|COLUMN|COMMENT|DATE|EXCLUSIVE|FILE|LEVEL|MODE|NUMBER|SESSION|SIZE|UID"
              + "|USER)\\b(?!\\s*\\()",
          Pattern.CASE_INSENSITIVE);

  /** Words of the list that these statements use as keywords. */
  private static final Set<String> KEYWORD_USES =
      Set.of("ALTER SESSION SET", "GRANT CREATE SESSION", "ALTER USER");

  private OracleGrammar() {}

  /** What is wrong with a statement as JDBC is given it; empty when nothing is. */
  static List<String> faults(String sql) {
    List<String> faults = new ArrayList<>();
    boolean block = sql.startsWith("BEGIN ");
    if (!block && sql.contains(";")) {
      faults.add("a semicolon");
    }
    String bare = sql.replaceAll("'[^']*'|\"[^\"]*\"|/\\*.*?\\*/", " ");
    if (KEYWORD_USES.stream().noneMatch(sql::startsWith)
        && UNQUOTED_RESERVED.matcher(bare).find()) {
      faults.add("a reserved word as a name");
    }
    if (bare.toUpperCase(Locale.ROOT).matches(".*\\bFROM\\s+\\S+\\s+AS\\s+(?!OF\\b).*")) {
      faults.add("AS before a table alias");
    }
    // The one expression of ours that the grammar does not know.
    String parsed = sql.replaceAll("JSON_SERIALIZE\\((\\S+) RETURNING CLOB\\)", "TO_CLOB($1)");
    PlSqlLexer lexer =
        new PlSqlLexer(
            new CaseChangingCharStream(
                CharStreams.fromString(block ? parsed + "\n/" : parsed + ";"), true));
    lexer.removeErrorListeners();
    PlSqlParser parser = new PlSqlParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    BaseErrorListener listener =
        new BaseErrorListener() {
          @Override
          public void syntaxError(
              Recognizer<?, ?> recognizer,
              @Nullable Object symbol,
              int line,
              int column,
              String message,
              @Nullable RecognitionException e) {
            faults.add(column + ": " + message);
          }
        };
    lexer.addErrorListener(listener);
    parser.addErrorListener(listener);
    parser.sql_script();
    return faults;
  }
}
