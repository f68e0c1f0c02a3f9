package io.initload.report;

import io.initload.config.ReconcileConfig.Level;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Agreement;
import io.initload.pipeline.prove.Certificate.ChangedRecord;
import io.initload.pipeline.prove.Certificate.Configuration;
import io.initload.pipeline.prove.Certificate.Control;
import io.initload.pipeline.prove.Certificate.ControlLine;
import io.initload.pipeline.prove.Certificate.OrgObject;
import java.util.List;

/** What a certificate rests on beside its equations, as the template of the page sees it. */
@SuppressWarnings("unused") // named in the template
record Proof(Certificate certificate) {
  /** A sentence about a table. */
  record Said(String table, String sentence) {}

  /** A record that was changed since it was written. */
  record Change(String object, String key, String at, String by, String fields) {}

  /** A group of a control. */
  record Line(String group, ControlLine line) {
    boolean differs() {
      return !line.equal();
    }
  }

  /** A control with its groups. */
  record Sums(Control control) {
    String of() {
      return control.field().isEmpty() ? "records" : control.field();
    }

    String by() {
      return control.by().isEmpty() ? "all" : String.join(", ", control.by());
    }

    List<Line> lines() {
      return control.lines().stream()
          .map(line -> new Line(String.join(", ", line.group()), line))
          .toList();
    }

    boolean agrees() {
      return control.agreement() == Agreement.EQUAL;
    }

    boolean speaksAgainst() {
      return control.agreement() == Agreement.DIFFERS;
    }

    long left() {
      return control.groups() - control.lines().size();
    }

    boolean more() {
      return left() > 0;
    }
  }

  List<Said> samples() {
    return certificate.tables().stream()
        .filter(t -> !t.sample().statement().isEmpty())
        .map(t -> new Said(t.source(), t.sample().statement()))
        .toList();
  }

  boolean anySamples() {
    return !samples().isEmpty();
  }

  /** What comparing every field came to. */
  List<Said> whole() {
    return certificate.whole().stream()
        .map(w -> new Said(w.object() + " (" + String.join(", ", w.tables()) + ")", w.sentence()))
        .toList();
  }

  boolean anyWhole() {
    return !certificate.whole().isEmpty();
  }

  List<Change> changes() {
    return certificate.objects().stream()
        .flatMap(o -> o.changed().first().stream().map(one -> change(o, one)))
        .toList();
  }

  private static Change change(OrgObject object, ChangedRecord one) {
    return new Change(
        object.object(), one.externalId(), one.at(), one.by(), String.join(", ", one.fields()));
  }

  boolean anyChanges() {
    return !changes().isEmpty();
  }

  /** Objects with records that the source does not have. */
  List<OrgObject> strangers() {
    return certificate.objects().stream()
        .filter(o -> o.strangers().records().orElse(0) > 0)
        .toList();
  }

  boolean anyStrangers() {
    return !strangers().isEmpty();
  }

  List<Sums> controls() {
    return certificate.controls().stream().map(Sums::new).toList();
  }

  boolean anyControls() {
    return !certificate.controls().isEmpty();
  }

  /** Whether every field of every row was compared. */
  boolean full() {
    return certificate.level() == Level.FULL;
  }

  boolean built() {
    return !certificate.provenance().build().isEmpty();
  }

  /** Whether the source told its clock when the certificate was made. */
  boolean dated() {
    return !certificate.snapshotNow().isEmpty();
  }

  List<Configuration> configurations() {
    return certificate.provenance().configurations();
  }

  boolean reconfigured() {
    return configurations().size() > 1;
  }

  boolean tried() {
    return !certificate.provenance().trial().isEmpty();
  }

  String production() {
    return certificate
        .provenance()
        .production()
        .map(is -> is ? "yes" : "no")
        .orElse("the org does not say");
  }

  String hosts() {
    return String.join(", ", certificate.provenance().hosts());
  }
}
