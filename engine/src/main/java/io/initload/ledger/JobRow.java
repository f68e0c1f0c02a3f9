package io.initload.ledger;

import io.initload.SfId;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * A line of the table of jobs, as a value. An id that is none, which versions before took from an
 * answer, is as good as an answer that never came.
 */
final class JobRow {
  static final RowMapper<Job> MAPPER =
      (r, c) ->
          new Job(
              r.getLong("id"),
              r.getString("table_name"),
              r.getString("object"),
              r.getLong("part_id"),
              r.getString("owner"),
              Optional.ofNullable(r.getString("sf_id")).filter(SfId::valid),
              Job.State.valueOf(r.getString("state")),
              Instant.ofEpochMilli(r.getLong("intent_at")),
              r.getLong("records"),
              r.getLong("batches"));

  private JobRow() {}

  /** The newest job of a part. */
  static Optional<Job> last(Handle h, Part part) {
    return h.select("SELECT * FROM job WHERE part_id = ? ORDER BY id DESC LIMIT 1", part.id())
        .map(MAPPER)
        .findOne();
  }
}
