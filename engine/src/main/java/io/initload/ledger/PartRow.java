package io.initload.ledger;

import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartKind;
import io.initload.ledger.entry.PartState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.mapper.RowMapper;

/** A line of the table of parts, as a value. */
final class PartRow {
  static final RowMapper<Part> MAPPER =
      (r, c) -> {
        long chunk = r.getLong("chunk_no");
        boolean none = r.wasNull();
        return new Part(
            r.getLong("id"),
            r.getString("table_name"),
            none ? OptionalLong.empty() : OptionalLong.of(chunk),
            PartKind.valueOf(r.getString("kind")),
            r.getString("name"),
            r.getString("host"),
            Path.of(r.getString("path")),
            r.getLong("row_count"),
            r.getLong("csv_bytes"),
            r.getLong("gzip_bytes"),
            r.getString("sha256"),
            r.getInt("attempt"),
            r.getLong("serial") == 1,
            PartState.valueOf(r.getString("state")),
            Optional.ofNullable(r.getString("owner")));
      };

  private PartRow() {}
}
