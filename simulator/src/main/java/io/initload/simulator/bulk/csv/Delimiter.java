package io.initload.simulator.bulk.csv;

/** What stands between the values of an upload. */
public enum Delimiter {
  COMMA(','),
  TAB('\t'),
  PIPE('|'),
  SEMICOLON(';'),
  CARET('^'),
  BACKQUOTE('`');

  private final char character;

  Delimiter(char character) {
    this.character = character;
  }

  public char character() {
    return character;
  }
}
