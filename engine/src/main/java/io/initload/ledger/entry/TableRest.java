package io.initload.ledger.entry;

/**
 * What is left to do of a planned table.
 *
 * @param stopped nothing more of it is started until it is resumed
 * @param held nothing more of it is started until a person lets it go on
 * @param chunks some are not read yet
 * @param parts some are not settled yet
 * @param pending rows wait for another try, or are on their way for one
 */
public record TableRest(
    String table, boolean stopped, boolean held, boolean chunks, boolean parts, boolean pending) {

  /** Whether rows of the table, other than those waiting for another try, still move. */
  public boolean moving() {
    return chunks || parts;
  }

  public boolean nothing() {
    return !moving() && !pending;
  }
}
