package io.initload.pipeline.profile;

import io.initload.mapping.RowMapping.Piece;
import java.util.List;

/** External ids of rows, of the texts of the columns that they are made of. */
record KeyTexts(List<Piece> pieces) {
  KeyTexts {
    pieces = List.copyOf(pieces);
  }

  /** The columns in the order that the pieces read them in. */
  String of(List<String> columns) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Text fixed) {
        text.append(fixed.text());
      } else if (piece instanceof Piece.Read) {
        text.append(columns.get(column++));
      }
    }
    return text.toString();
  }
}
