package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.entry.Part;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Workbench;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * External ids as the books name them: the org prints numbers in its own way
 * (docs/reference/salesforce.md, "Result files"). The books know the rows of a part that was
 * refused before by name.
 */
final class BookedKeys {
  private final Part part;
  private final KeyForm form;

  /** By their canonical form; of rows that were refused before. */
  private final Map<String, String> booked;

  private BookedKeys(Part part, KeyForm form, Map<String, String> booked) {
    this.part = part;
    this.form = form;
    this.booked = booked;
  }

  static BookedKeys of(Workbench bench, Part part, PassWork table) {
    KeyForm form = table.keyForm();
    return new BookedKeys(
        part,
        form,
        part.chunk().isPresent()
            ? Map.of()
            : bench.ledger().exceptions().keysOf(part).stream()
                .collect(Collectors.toMap(form::canonical, key -> key)));
  }

  /** Whether the books name each row of the part. */
  boolean named() {
    return part.chunk().isEmpty();
  }

  /**
   * The name of a row.
   *
   * @throws Failure {@code RESULT_FOREIGN} when the books name the rows, and none so
   */
  String name(String key) {
    String canonical = form.canonical(key);
    if (!named()) {
      return form == KeyForm.NUMBER ? canonical : key;
    }
    String name = booked.get(canonical);
    if (name == null) {
      throw WrongResults.foreign(key, part);
    }
    return name;
  }
}
