package io.initload.salesforce;

/**
 * What a new ingest job shall do.
 *
 * @param operation {@code upsert}, {@code insert}, {@code update} or {@code delete}
 * @param externalIdField the key of an upsert; empty otherwise
 */
public record JobRequest(String object, String operation, String externalIdField) {
  /** The operation of most jobs. */
  public static final String UPSERT = "upsert";

  /** Create or update by an external id, which must be a column of the data. */
  public static JobRequest upsert(String object, String externalIdField) {
    return new JobRequest(object, UPSERT, externalIdField);
  }

  /** Create: whoever sends a row twice makes two records. */
  public static JobRequest insert(String object) {
    return new JobRequest(object, "insert", "");
  }

  /** Delete by record id: the data has the one column {@code Id}. */
  public static JobRequest delete(String object) {
    return new JobRequest(object, "delete", "");
  }

  /** Update by record id: the data has a column {@code Id}. */
  public static JobRequest update(String object) {
    return new JobRequest(object, "update", "");
  }

  /** As the audit log names it. */
  @Override
  public String toString() {
    return operation + " " + object + (externalIdField.isEmpty() ? "" : " by " + externalIdField);
  }
}
