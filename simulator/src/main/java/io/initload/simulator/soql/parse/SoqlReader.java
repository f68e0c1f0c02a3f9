package io.initload.simulator.soql.parse;

import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.SoqlException;
import io.initload.simulator.soql.parse.Condition.Operator;
import io.initload.simulator.soql.parse.grammar.SoqlLexer;
import io.initload.simulator.soql.parse.grammar.SoqlParser;
import io.initload.simulator.soql.parse.grammar.SoqlParser.ComparisonContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.ConditionContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.FromObjectContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.GroupByContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.LimitContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.OffsetContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.OperandContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.OrderByContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.OrderItemContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.PathContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.QueryContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.SelectItemContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.TermContext;
import io.initload.simulator.soql.parse.grammar.SoqlParser.ValueContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Text to {@link SoqlQuery}; refuses what is no sentence with {@code MALFORMED_QUERY}. */
public final class SoqlReader {
  /** Longest statement (docs/reference/salesforce.md, "Limits"). */
  static final int CHARS_MAX = 100_000;

  private static final int NESTING_MAX = 64;

  private final QueryText text;
  private final List<SoqlQuery> subqueries = new ArrayList<>();

  private SoqlReader(QueryText text) {
    this.text = text;
  }

  public static SoqlQuery read(String soql) {
    if (soql.length() > CHARS_MAX) {
      throw QueryText.refuse(
          SoqlError.MALFORMED_QUERY,
          "SOQL statements cannot be longer than %d characters.".formatted(CHARS_MAX));
    }
    return new SoqlReader(new QueryText(soql)).parse();
  }

  private SoqlQuery parse() {
    SoqlLexer lexer = new SoqlLexer(CharStreams.fromString(text.text()));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    refuseDeepNesting(tokens.getTokens());
    SoqlParser parser = new SoqlParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(new FirstErrorThrows());
    return query(parser.statement().query());
  }

  /** The parser recurses: a statement may not decide how deep. */
  private void refuseDeepNesting(List<Token> tokens) {
    int depth = 0;
    int nots = 0;
    for (Token token : tokens) {
      switch (token.getType()) {
        case SoqlLexer.LPAREN -> depth++;
        case SoqlLexer.RPAREN -> depth--;
        default -> {}
      }
      nots = token.getType() == SoqlLexer.NOT ? nots + 1 : 0;
      if (depth > NESTING_MAX || nots > NESTING_MAX) {
        throw text.refuse(
            SoqlError.MALFORMED_QUERY, token.getStartIndex(), "too many nested conditions");
      }
    }
  }

  private SoqlQuery query(QueryContext in) {
    List<SelectItem> select = new ArrayList<>();
    for (SelectItemContext item : in.selectList().selectItem()) {
      select.add(selectItem(item));
    }
    FromObjectContext from = in.fromObject();
    if (from.path().size() > 1) {
      throw text.refuse(
          SoqlError.MALFORMED_QUERY,
          at(from.path(1)),
          "only one object can be queried in FROM by the simulator");
    }
    List<Operand> groupBy = new ArrayList<>();
    @Nullable Condition having = null;
    @Nullable GroupByContext group = in.groupBy();
    if (group != null) {
      group.operand().forEach(operand -> groupBy.add(operand(operand)));
      having = group.condition() == null ? null : condition(group.condition());
    }
    @Nullable LimitContext limit = in.limit();
    @Nullable OffsetContext offset = in.offset();
    return new SoqlQuery(
        text,
        List.copyOf(select),
        path(from.path(0)),
        from.alias().isEmpty() ? null : from.alias(0).getText(),
        in.condition() == null ? null : condition(in.condition()),
        List.copyOf(groupBy),
        having,
        orderBy(in.orderBy()),
        limit == null ? OptionalLong.empty() : OptionalLong.of(count(limit.INTEGER())),
        offset == null ? OptionalLong.empty() : OptionalLong.of(count(offset.INTEGER())),
        List.copyOf(subqueries));
  }

  private SelectItem selectItem(SelectItemContext in) {
    if (in.query() != null) {
      return new SelectItem.Children(at(in));
    }
    if (in.TYPEOF() != null) {
      return new SelectItem.TypeOf(at(in));
    }
    return new SelectItem.Value(
        operand(in.operand()), in.alias() == null ? null : in.alias().getText());
  }

  private Condition condition(ConditionContext in) {
    List<Condition> parts = new ArrayList<>();
    in.term().forEach(term -> parts.add(term(term)));
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return in.OR().isEmpty()
        ? new Condition.All(List.copyOf(parts))
        : new Condition.Any(List.copyOf(parts));
  }

  private Condition term(TermContext in) {
    if (in.NOT() != null) {
      return new Condition.Not(term(in.term()));
    }
    return in.condition() != null ? condition(in.condition()) : comparison(in.comparison());
  }

  private Condition comparison(ComparisonContext in) {
    Operand left = operand(in.operand());
    if (in.compareOperator() != null) {
      int type = in.compareOperator().getStart().getType();
      return new Condition.Compare(left, operator(type), literal(in.value(0)));
    }
    if (in.query() != null) {
      subqueries.add(new SoqlReader(text).query(in.query()));
      return new Condition.InQuery(left, in.NOT() != null, subqueries.size() - 1);
    }
    if (in.bind() != null) {
      throw bindRefused(at(in.bind()));
    }
    List<Literal> values = new ArrayList<>(in.value().size());
    in.value().forEach(value -> values.add(literal(value)));
    if (in.IN() != null) {
      return new Condition.In(left, in.NOT() != null, List.copyOf(values));
    }
    return new Condition.Picks(left, in.EXCLUDES() != null, List.copyOf(values));
  }

  private static Operator operator(int tokenType) {
    return switch (tokenType) {
      case SoqlLexer.EQ -> Operator.EQ;
      case SoqlLexer.NE -> Operator.NE;
      case SoqlLexer.LT -> Operator.LT;
      case SoqlLexer.LE -> Operator.LE;
      case SoqlLexer.GT -> Operator.GT;
      case SoqlLexer.GE -> Operator.GE;
      default -> Operator.LIKE;
    };
  }

  private Literal literal(ValueContext in) {
    int at = at(in);
    if (in.bind() != null) {
      throw bindRefused(at);
    }
    if (in.name() != null) {
      return new Literal(Literal.Kind.NAME, in.name().getText(), (int) count(in.INTEGER()), at);
    }
    Token token = in.getStart();
    String raw = token.getText();
    return switch (token.getType()) {
      case SoqlLexer.STRING -> new Literal(Literal.Kind.TEXT, unescape(raw, at), 0, at);
      case SoqlLexer.INTEGER -> new Literal(Literal.Kind.INTEGER, raw, 0, at);
      case SoqlLexer.DECIMAL -> new Literal(Literal.Kind.DECIMAL, raw, 0, at);
      case SoqlLexer.TRUE -> new Literal(Literal.Kind.TRUE, raw, 0, at);
      case SoqlLexer.FALSE -> new Literal(Literal.Kind.FALSE, raw, 0, at);
      case SoqlLexer.NULL -> new Literal(Literal.Kind.NULL, raw, 0, at);
      case SoqlLexer.DATE -> new Literal(Literal.Kind.DATE, raw, 0, at);
      case SoqlLexer.DATETIME -> new Literal(Literal.Kind.DATETIME, raw, 0, at);
      default -> new Literal(Literal.Kind.NAME, in.getText(), 0, at);
    };
  }

  private String unescape(String quoted, int at) {
    String inner = quoted.substring(1, quoted.length() - 1);
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    StringBuilder out = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = inner.charAt(++i);
      switch (escaped) {
        case 'n', 'N' -> out.append('\n');
        case 'r', 'R' -> out.append('\r');
        case 't', 'T' -> out.append('\t');
        case 'b', 'B' -> out.append('\b');
        case 'f', 'F' -> out.append('\f');
        case '\'', '"', '\\' -> out.append(escaped);
        case '_', '%' -> out.append('\\').append(escaped);
        default ->
            throw text.refuse(
                SoqlError.MALFORMED_QUERY,
                at + i,
                "Illegal character sequence '\\%c' in string literal".formatted(escaped));
      }
    }
    return out.toString();
  }

  private List<SoqlQuery.OrderItem> orderBy(@Nullable OrderByContext in) {
    if (in == null) {
      return List.of();
    }
    List<SoqlQuery.OrderItem> items = new ArrayList<>();
    for (OrderItemContext item : in.orderItem()) {
      items.add(
          new SoqlQuery.OrderItem(
              operand(item.operand()), item.DESC() != null, item.LAST() != null));
    }
    return List.copyOf(items);
  }

  private Operand operand(OperandContext in) {
    if (in.path() != null) {
      return path(in.path());
    }
    List<Operand> arguments = new ArrayList<>();
    in.call().operand().forEach(argument -> arguments.add(operand(argument)));
    return new Operand.FunctionCall(in.call().name().getText(), arguments, at(in));
  }

  private static Operand.Path path(PathContext in) {
    List<String> names = new ArrayList<>();
    in.name().forEach(name -> names.add(name.getText()));
    return new Operand.Path(names, at(in));
  }

  private long count(TerminalNode digits) {
    try {
      long value = Long.parseLong(digits.getText());
      if (value >= 0 && value <= Integer.MAX_VALUE) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through: too long for any number is out of range too.
    }
    throw text.refuse(
        SoqlError.NUMBER_OUTSIDE_VALID_RANGE,
        digits.getSymbol().getStartIndex(),
        "number out of range: " + digits.getText());
  }

  private SoqlException bindRefused(int at) {
    return text.refuse(SoqlError.MALFORMED_QUERY, at, "Bind variables only allowed in Apex code");
  }

  private static int at(ParserRuleContext in) {
    return in.getStart().getStartIndex();
  }

  /** Stops at the first error: the rest of a broken statement means nothing. */
  private final class FirstErrorThrows extends BaseErrorListener {
    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object offending,
        int line,
        int charInLine,
        String message,
        @Nullable RecognitionException cause) {
      Token token = (Token) offending;
      if (token == null) {
        throw QueryText.refuse(SoqlError.MALFORMED_QUERY, message);
      }
      int at = Math.min(token.getStartIndex(), text.text().length());
      if (token.getText().equals("'")) {
        throw QueryText.refuse(
            SoqlError.MALFORMED_QUERY,
            "line %d:%d mismatched character '<EOF>' expecting '''"
                .formatted(line, text.text().length()));
      }
      throw text.refuse(
          SoqlError.MALFORMED_QUERY, at, "unexpected token: '%s'".formatted(token.getText()));
    }
  }
}
