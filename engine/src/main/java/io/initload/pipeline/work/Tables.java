package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.ledger.TableBook;
import io.initload.ledger.entry.TableRest;
import io.initload.salesforce.JobRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that move together: no table of the group looks up another one of it. Knows which of
 * them may go on. Safe for several threads.
 */
public final class Tables {
  private static final Logger LOG = LoggerFactory.getLogger(Tables.class);

  private final TableBook book;
  private final Map<String, PassWork> works;
  private final Map<String, Failure> failures = new LinkedHashMap<>();
  private final Set<Long> stuck = ConcurrentHashMap.newKeySet();

  public Tables(TableBook book, List<PassWork> works) {
    this.book = book;
    this.works =
        works.stream()
            .collect(Collectors.toMap(PassWork::name, w -> w, (a, b) -> a, LinkedHashMap::new));
  }

  public PassWork get(String name) {
    PassWork work = works.get(name);
    if (work == null) {
      throw new IllegalStateException("table " + name + " is not in this group");
    }
    return work;
  }

  /**
   * What the jobs of a pass do, which may be of another group than these.
   *
   * @param configured the tables of the migration
   */
  public String operation(String pass, List<TableConfig> configured) {
    return works.values().stream()
        .filter(PassWork::deletes)
        .map(PassWork::request)
        .findFirst()
        .or(
            () ->
                configured.stream()
                    .filter(t -> t.name().equals(pass))
                    .findFirst()
                    .map(PassWork::loading))
        .map(JobRequest::operation)
        .orElse(JobRequest.UPSERT);
  }

  public List<String> names() {
    return List.copyOf(works.keySet());
  }

  /** What is left to do of the tables that may go on, in load order. */
  public List<TableRest> open() {
    Map<String, TableRest> rests = book.rest();
    return works.keySet().stream()
        .map(rests::get)
        .filter(rest -> rest != null && !rest.stopped() && !rest.held())
        .toList();
  }

  /**
   * The tables of the configuration of which nothing is begun before a person lets them go on;
   * empty while anything moves, or may be begun.
   */
  public Set<String> held() {
    Map<String, TableRest> rests = book.rest();
    List<TableRest> left =
        works.keySet().stream()
            .map(rests::get)
            .filter(rest -> rest != null && !rest.nothing() && !rest.stopped())
            .toList();
    boolean none =
        left.stream().allMatch(TableRest::held)
            && works.keySet().stream().noneMatch(name -> book.unsettled(name, stuck));
    return none
        ? left.stream().map(rest -> get(rest.table()).config().name()).collect(Collectors.toSet())
        : Set.of();
  }

  /** Names of the tables that may go on and have chunks to read, in load order. */
  public List<String> unread() {
    return open().stream().filter(TableRest::chunks).map(TableRest::table).toList();
  }

  /** Jobs each table with parts to load may have at once. */
  public Map<String, Integer> concurrency() {
    return open().stream()
        .filter(TableRest::parts)
        .collect(Collectors.toMap(TableRest::table, t -> get(t.table()).config().concurrency()));
  }

  /**
   * Stops the table a failure belongs to; its siblings go on. A failure that belongs to the whole
   * run is thrown again, and so is a passing one, for whoever calls the steps to wait.
   */
  public void failed(String table, Failure failure) {
    if (failure.endsRun()) {
      throw failure;
    }
    synchronized (failures) {
      failures.putIfAbsent(table, failure);
    }
    LOG.error("{} is stopped: {} {}", table, failure.getMessage(), failure.remedy());
    book.stop(table, failure.code() + ": " + failure.getMessage());
  }

  /** A part of a stopped table that this run can move no further; the next run tries again. */
  public void stuck(long part) {
    stuck.add(part);
  }

  public boolean isStuck(long part) {
    return stuck.contains(part);
  }

  /** Names of the tables that failed in this run. */
  public Set<String> failedNames() {
    synchronized (failures) {
      return Set.copyOf(failures.keySet());
    }
  }

  public boolean isEmpty() {
    return works.isEmpty();
  }

  /** The first failure of each stopped table. */
  public List<Failure> failures() {
    synchronized (failures) {
      return new ArrayList<>(failures.values());
    }
  }

  /** Whether jobs of the table run, or ended without being settled. */
  public boolean flying(String table) {
    return book.unsettled(table, stuck);
  }

  /** Whether nothing more can be moved: each table is closed, or stopped with no job left. */
  public boolean done() {
    Map<String, TableRest> rests = book.rest();
    for (String name : works.keySet()) {
      TableRest rest = rests.get(name);
      if (rest != null
          && !rest.nothing()
          && (!rest.stopped() || (rest.parts() && book.unsettled(name, stuck)))) {
        return false;
      }
    }
    return true;
  }
}
