package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Failure;
import io.initload.config.TargetConfig;
import io.initload.salesforce.errors.StrangeAnswer;
import io.initload.salesforce.wire.AnswerJson;
import io.initload.salesforce.wire.Call;
import io.initload.salesforce.wire.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of the API is spoken (docs/reference/salesforce.md, "Versions and ids"): the
 * configured one, or the newest that the org offers and that reference tells of.
 */
final class ApiVersion {
  /** The newest that docs/reference/salesforce.md tells of. */
  private static final int NEWEST = 67;

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{2,3})\\.0");

  private ApiVersion() {}

  /**
   * The version as addresses have it, such as {@code 67.0}.
   *
   * @throws Failure {@code ORG_VERSION} when the org does not offer it, or only versions that are
   *     too old
   */
  static String of(TargetConfig config, RestClient calls) throws InterruptedException {
    NavigableSet<Integer> offered = calls.fetch(Call.get("/services/data"), ApiVersion::offered);
    Optional<String> configured = config.apiVersion();
    if (configured.isPresent()) {
      if (!offered.contains(Integer.parseInt(configured.get().replace(".0", "")))) {
        throw refused(
            "The org does not offer version %s of its API; it has %d.0 to %d.0."
                .formatted(configured.get(), offered.first(), offered.last()),
            "Correct target.apiVersion, or leave it out: then the newest is taken that both know.");
      }
      return configured.get();
    }
    Integer newest = offered.floor(NEWEST);
    if (newest == null || newest < TargetConfig.OLDEST_API) {
      throw refused(
          "The org has versions %d.0 to %d.0 of the API; %d.0 to %d.0 are known here."
              .formatted(offered.first(), offered.last(), TargetConfig.OLDEST_API, NEWEST),
          "Look whether target.loginUrl leads to a Salesforce org of today.");
    }
    return newest + ".0";
  }

  private static NavigableSet<Integer> offered(InputStream body) throws IOException {
    NavigableSet<Integer> offered = new TreeSet<>();
    for (JsonNode version : AnswerJson.small(body)) {
      offered.add(number(version.path("version").asText()));
    }
    if (offered.isEmpty()) {
      throw new StrangeAnswer("has no list of versions");
    }
    return offered;
  }

  private static int number(String version) throws StrangeAnswer {
    Matcher matcher = WRITTEN.matcher(version);
    if (!matcher.matches()) {
      throw new StrangeAnswer("names a version that is none");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static Failure refused(String message, String remedy) {
    return new Failure(
        Failure.Reach.RUN, Failure.Kind.CONFIGURATION, "ORG_VERSION", message, remedy);
  }
}
