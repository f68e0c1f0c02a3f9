package io.initload.source.oracle;

import io.debezium.antlr.CaseChangingCharStream;
import io.debezium.ddl.parser.oracle.generated.PlSqlLexer;
import io.debezium.ddl.parser.oracle.generated.PlSqlParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.jspecify.annotations.Nullable;

/**
 * Judges Oracle statements without an Oracle: the PL/SQL grammar that Debezium maintains, and a
 * lint for what grammars let pass (docs/reference/oracle.md, "Checking SQL without a server").
 */
final class OracleGrammar {
  /** Oracle's list: SQL Language Reference, chapter "Oracle SQL Reserved Words". */
  static final Set<String> RESERVED =
      Set.of(
          """
          ACCESS ADD ALL ALTER AND ANY AS ASC AUDIT BETWEEN BY CHAR CHECK CLUSTER COLUMN
          COLUMN_VALUE COMMENT COMPRESS CONNECT CREATE CURRENT DATE DECIMAL DEFAULT DELETE
          DESC DISTINCT DROP ELSE EXCLUSIVE EXISTS FILE FLOAT FOR FROM GRANT GROUP HAVING
          IDENTIFIED IMMEDIATE IN INCREMENT INDEX INITIAL INSERT INTEGER INTERSECT INTO IS
          LEVEL LIKE LOCK LONG MAXEXTENTS MINUS MLSLABEL MODE MODIFY NESTED_TABLE_ID NOAUDIT
          NOCOMPRESS NOT NOWAIT NULL NUMBER OF OFFLINE ON ONLINE OPTION OR ORDER PCTFREE PRIOR
          PUBLIC RAW RENAME RESOURCE REVOKE ROW ROWID ROWNUM ROWS SELECT SESSION SET SHARE
          SIZE SMALLINT START SUCCESSFUL SYNONYM SYSDATE TABLE THEN TO TRIGGER UID UNION
          UNIQUE UPDATE USER VALIDATE VALUES VARCHAR VARCHAR2 VIEW WHENEVER WHERE WITH\
          """
              .split("\\s+"));

  /** Reserved words that our statements use as what they are reserved for. */
  private static final Set<String> KEYWORDS =
      Set.of(
          """
          ALL ALTER AND AS ASC BETWEEN BY CHAR CREATE DATE DESC DISTINCT ELSE EXISTS FOR FROM GRANT GROUP
          HAVING IMMEDIATE IN IS LIKE LOCK NOT NULL NUMBER OF ON OR ORDER ROW ROWID ROWNUM SELECT SESSION
          SET THEN TO UNION USER WHERE\
          """
              .split("\\s+"));

  /** Of those, what stands for a value by itself. */
  private static final Set<String> VALUES = Set.of("NULL", "ROWID", "ROWNUM");

  private static final Set<String> OPENS = Set.of("SELECT", ",", "(");
  private static final Set<String> CLOSES = Set.of("FROM", ",", ")");
  private static final Pattern TOKEN = Pattern.compile("[A-Z0-9_$#]+|\\S");

  private OracleGrammar() {}

  private static String bare(String sql) {
    return sql.replaceAll("'[^']*'|\"[^\"]*\"", "Q").replaceAll("/\\*.*?\\*/", " ");
  }

  /** A reserved word where only a name can stand, or that no statement of ours has a use for. */
  static Optional<String> reservedAsName(String sql) {
    List<String> tokens = new ArrayList<>(List.of(""));
    Matcher matcher = TOKEN.matcher(bare(sql).toUpperCase(Locale.ROOT));
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    tokens.add("");
    for (int i = 1; i < tokens.size() - 1; i++) {
      String word = tokens.get(i);
      String before = tokens.get(i - 1);
      String after = tokens.get(i + 1);
      boolean qualified = (before.equals(".") && !word.equals("ROWID")) || after.equals(".");
      boolean value = OPENS.contains(before) && CLOSES.contains(after) && !VALUES.contains(word);
      if (RESERVED.contains(word) && (qualified || value || !KEYWORDS.contains(word))) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private static final Pattern SOURCE =
      Pattern.compile(
          "\\b(?:FROM|JOIN)\\s+[\\w$#.]+(?:\\s+(?:SUB)?PARTITION\\s*\\(Q\\))?(?:\\s+SAMPLE BLOCK"
              + " \\([\\d.]+\\) SEED \\(\\d+\\))?(?:\\s+AS OF SCN \\S+)?\\s+(\\w+)"
              + "|\\)(?=\\s+(\\w+))|\\bFOR\\s+(\\w+)\\s+IN\\b");

  private static final Pattern QUALIFIER = Pattern.compile("\\b([A-Za-z][\\w$#]*)\\.(?=[\\w$#])");
  private static final Pattern HINTED = Pattern.compile("\\w+\\((\\w+)");

  /**
   * What a grammar cannot know: a column qualified by, or a hint on, something else than the alias,
   * which Oracle rejects and ignores; and what only 23ai understands.
   */
  private static List<String> lint(String sql, String bare) {
    List<String> faults = new ArrayList<>();
    Set<String> aliases = new HashSet<>();
    Matcher source = SOURCE.matcher(bare);
    while (source.find()) {
      for (int i = 1; i <= 3; i++) {
        if (source.group(i) != null) {
          aliases.add(source.group(i).toLowerCase(Locale.ROOT));
        }
      }
    }
    boolean grant = bare.startsWith("GRANT ");
    Matcher qualifier = QUALIFIER.matcher(bare);
    while (qualifier.find()) {
      String name = qualifier.group(1).toLowerCase(Locale.ROOT);
      String before = bare.substring(0, qualifier.start()).stripTrailing();
      boolean table = before.matches("(?s).*\\b(FROM|JOIN" + (grant ? "|ON" : "") + ")");
      if (!table && !name.startsWith("dbms_") && !aliases.contains(name)) {
        faults.add("qualified by what is no alias: " + name);
      }
    }
    Matcher hint = Pattern.compile("/\\*\\+(.*?)\\*/").matcher(sql);
    while (hint.find()) {
      Matcher target = HINTED.matcher(hint.group(1));
      while (target.find()) {
        if (!aliases.contains(target.group(1).toLowerCase(Locale.ROOT))) {
          faults.add("a hint on what is no alias: " + target.group(1));
        }
      }
    }
    String upper = bare.toUpperCase(Locale.ROOT);
    if (!grant && upper.split("\\bSELECT\\b", -1).length > upper.split("\\bFROM\\b", -1).length) {
      faults.add("SELECT without FROM");
    }
    if (upper.matches("(?s).*\\b(WHERE|AND|OR|NOT|ON)\\s+(TRUE|FALSE)\\b.*")) {
      faults.add("a truth value as a condition");
    }
    if (upper.matches("(?s).*\\bSELECT\\s+\\([^()]*,[^()]*\\)\\s+FROM\\b.*")) {
      faults.add("a row as a column");
    }
    return faults;
  }

  /** What is wrong with a statement as JDBC is given it; empty when nothing is. */
  static List<String> faults(String sql) {
    List<String> faults = new ArrayList<>();
    boolean block = sql.startsWith("BEGIN ");
    if (!block && sql.contains(";")) {
      faults.add("a semicolon");
    }
    String bare = bare(sql);
    reservedAsName(sql).ifPresent(word -> faults.add("a reserved word as a name: " + word));
    if (bare.toUpperCase(Locale.ROOT)
        .matches(".*\\b(FROM|JOIN)\\s+[^\\s(]+\\s+AS\\s+(?!OF\\b).*")) {
      faults.add("AS before a table alias");
    }
    faults.addAll(lint(sql, bare));
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
