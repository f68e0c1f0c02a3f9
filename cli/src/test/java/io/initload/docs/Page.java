package io.initload.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of Markdown, by its headings, links and tables. */
final class Page {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  /** A row of a table: the text of each cell, and what stands in it as code. */
  record Row(String heading, List<String> cells, List<List<String>> code) {}

  private final Map<String, String> headings = new LinkedHashMap<>();
  private final List<String> links = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  private Page() {}

  static Page of(String path) {
    Page page = new Page();
    PARSER.parse(Project.read(path)).accept(page.new Reader());
    return page;
  }

  /** The headings as they are read, in order. */
  List<String> headings() {
    return List.copyOf(headings.values());
  }

  boolean hasAnchor(String anchor) {
    return headings.containsKey(anchor);
  }

  List<String> links() {
    return List.copyOf(links);
  }

  /** The rows of the tables under a heading, without their heads. */
  List<Row> rows(String heading) {
    return rows.stream().filter(row -> row.heading().equals(heading)).toList();
  }

  private final class Reader extends AbstractVisitor {
    private final IdGenerator anchors = IdGenerator.builder().build();
    private String heading = "";

    @Override
    public void visit(Heading node) {
      heading = text(node);
      headings.put(anchors.generateId(heading), heading);
      visitChildren(node);
    }

    @Override
    public void visit(Link node) {
      links.add(node.getDestination());
      visitChildren(node);
    }

    @Override
    public void visit(Image node) {
      links.add(node.getDestination());
      visitChildren(node);
    }

    @Override
    public void visit(CustomNode node) {
      if (node.getParent() instanceof TableBody) {
        List<String> cells = new ArrayList<>();
        List<List<String>> code = new ArrayList<>();
        for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
          if (cell instanceof TableCell) {
            cells.add(text(cell));
            code.add(code(cell));
          }
        }
        rows.add(new Row(heading, cells, code));
      }
      visitChildren(node);
    }
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  private static List<String> code(Node node) {
    List<String> found = new ArrayList<>();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Code part) {
            found.add(part.getLiteral());
          }
        });
    return found;
  }
}
