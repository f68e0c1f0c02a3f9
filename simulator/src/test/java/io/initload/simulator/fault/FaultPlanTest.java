package io.initload.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.fault.Fault.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPlanTest {

  @Test
  void everyKindOfFaultCanBeWritten() {
    FaultPlan plan =
        FaultPlan.yaml(
            """
            seed: 7
            faults:
              - name: gateway
                when: {action: ingest.upload, numbers: "1,3-4", probability: 0.5, times: 2}
                then: {answer: bad-gateway}
              - when: {method: GET, path: /services/data/*/jobs/ingest/*, after: 10m, until: PT20M}
                then: {answer: {status: 429, contentType: text/plain, body: slow down, headers: {Retry-After: 3}}}
              - then: {answer: {named: unavailable, afterCommit: true}}
              - then: {reset: before-commit}
              - then: {reset: after-commit}
              - then: {lostReply: }
              - then: {uploadReset: 5000}
              - then: {revokeToken: 100}
              - then: {delay: 1500ms}
              - then: {slowBody: 1000}
              - then: {truncateBody: 17}
              - then: {setLimit: {name: DailyApiRequests, max: 3}}
              - when: {numbers: "2", object: Account}
                then: {failJob: {message: "Timeout : gone", afterRows: 10000}}
              - then: {abortJob: {afterRows: 300}}
              - then: {stallJob: {for: 2h, afterRows: 400}}
              - then: {lockStorm: 0.25}
            """);
    assertThat(plan.seed()).isEqualTo(7);
    assertThat(plan.rules())
        .extracting(FaultRule::fault)
        .containsExactly(
            Fault.Answered.of(NamedAnswers.BAD_GATEWAY),
            new Fault.Answered(
                429, "text/plain", "slow down", Map.of("Retry-After", "3"), Moment.BEFORE_COMMIT),
            Fault.Answered.of(NamedAnswers.UNAVAILABLE, Moment.AFTER_COMMIT),
            new Fault.ConnectionReset(Moment.BEFORE_COMMIT),
            new Fault.ConnectionReset(Moment.AFTER_COMMIT),
            new Fault.ConnectionReset(Moment.AFTER_COMMIT),
            new Fault.UploadReset(5000),
            new Fault.TokenRevoked(100),
            new Fault.Delayed(Duration.ofMillis(1500)),
            new Fault.SlowBody(1000),
            new Fault.TruncatedBody(17),
            new Fault.LimitSet("DailyApiRequests", 3),
            new Fault.JobFailed("Timeout : gone", 10_000),
            new Fault.JobAborted(300),
            new Fault.JobStalled(Duration.ofHours(2), 400),
            new Fault.LockStorm(0.25));
    assertThat(plan.rules().get(0).name()).isEqualTo("gateway");
    assertThat(plan.rules().get(0).trigger().numbers()).hasToString("1,3-4");
    assertThat(plan.rules().get(1).trigger().until()).isEqualTo(Duration.ofMinutes(20));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          faults: [{then: {answer: nope}}]                    | no answer is named 'nope'; there are [internal-error, bad-gateway,
          faults: [{then: {explode: 1}}]                      | faults[0].then: unknown fault 'explode'; known are [abortJob, answer,
          faults: [{when: {pth: x}, then: {slowBody: 1}}]     | faults[0].when: unknown key 'pth'; known are [action,
          faults: [{then: {slowBody: 1, delay: 1s}}]          | faults[0].then: it takes exactly one of [abortJob, answer,
          faults: [{when: {probability: 2}, then: {slowBody: 1}}] | faults[0].when: probability must be from 0 to 1, not 2.0
          faults: [{when: {numbers: 5-3}, then: {slowBody: 1}}]   | faults[0].when.numbers: numbers count from 1 and ranges go up: '5-3'
          faults: [{when: {numbers: x}, then: {slowBody: 1}}] | faults[0].when.numbers: not numbers like 3, 3,7, 10-20 or 5-: 'x'
          faults: [{when: {after: soon}, then: {slowBody: 1}}] | faults[0].when.after must be a span like 500ms, 10s, 5m, 24h or 7d, not 'soon'
          faults: [{then: {slowBody: 0}}]                     | a body that does not flow never ends
          faults: [{then: {answer: {status: 99}}}]            | faults[0].then.answer: status must be an HTTP status, not 99
          faults: [{then: {lockStorm: 3}}]                    | faults[0].then.lockStorm: the share of rows without a lock is 0 to 1, not 3
          faults: [                                           | not YAML
          seed: 1                                             | fault plan: 'faults' must be a list of rules
          never                                               | fault plan must be a mapping with some of [drawn, faults, seed], not 'never'
          falts: []                                           | fault plan: unknown key 'falts'; known are [drawn, faults, seed]; did you mean faults?
          faults: 3                                           | faults must be a list, not '3'
          faults: [3]                                         | faults[0] must be a mapping with some of [name, then, when], not '3'
          faults: [{when: {}}]                                | faults[0]: 'then' must say what happens
          faults: [{then: {slowbody: 1}}]                     | unknown fault 'slowbody'; known are [
          faults: [{then: {slowbody: 1}}]                     | did you mean slowBody?
          faults: [{then: {answer: bad-gatway}}]              | did you mean bad-gateway?
          faults: [{then: {answer: {stauts: 500}}}]           | faults[0].then.answer: unknown key 'stauts'; known are [afterCommit, body, contentType, headers, named, status]; did you mean status?
          faults: [{then: {answer: {status: many}}}]          | faults[0].then.answer.status must be a whole number, not 'many'
          faults: [{then: {answer: {status: 500, headers: x}}}] | faults[0].then.answer.headers must be a mapping, not 'x'
          faults: [{then: {answer: {named: edge, afterCommit: 7}}}] | faults[0].then.answer.afterCommit must be true or false, not '7'
          faults: [{then: {reset: sometime}}]                 | faults[0].then.reset must be one of before-commit, after-commit, not 'sometime'
          faults: [{then: {uploadReset: -1}}]                 | faults[0].then.uploadReset: -1 must be a number of bytes
          faults: [{then: {truncateBody: much}}]              | faults[0].then.truncateBody must be a whole number, not 'much'
          faults: [{then: {delay: later}}]                    | faults[0].then.delay must be a span like 500ms, 10s, 5m, 24h or 7d, not 'later'
          faults: [{then: {stallJob: {afterRows: 1}}}]        | faults[0].then.stallJob: 'for' must say how long
          faults: [{then: {failJob: 3}}]                      | faults[0].then.failJob must be a mapping with some of [afterRows, message], not '3'
          faults: [{then: {setLimit: {name: DailyApiRequest, max: 3}}}] | did you mean DailyApiRequests?
          faults: [{when: {times: 1.5}, then: {slowBody: 1}}] | faults[0].when.times must be a whole number, not '1.5'
          faults: [{when: {probability: often}, then: {slowBody: 1}}] | faults[0].when.probability must be a number, not 'often'
          """)
  void mistakesAreNamed(String yaml, String message) {
    assertThatThrownBy(() -> FaultPlan.yaml(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileIsNamedInItsMistakes(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(directory.resolve("plan.yaml"), "faults: [{then: {answer: nope}}]");
    assertThatThrownBy(() -> FaultPlan.file(file))
        .hasMessageStartingWith(file + ": faults[0].then.answer: no answer");
    assertThatThrownBy(() -> FaultPlan.file(directory.resolve("none")))
        .hasMessageContaining("none");
  }

  @Test
  void aDrawnPlanIsDecidedByItsSeed() {
    FaultPlan plan = FaultPlan.drawn(8817, 0.2);
    assertThat(plan).isEqualTo(FaultPlan.drawn(8817, 0.2));
    assertThat(plan).isEqualTo(FaultPlan.yaml("{seed: 8817, drawn: 0.2}"));
    assertThat(plan).isNotEqualTo(FaultPlan.drawn(8818, 0.2));
    assertThat(plan.rules())
        .extracting(rule -> rule.fault().strikesJobs())
        .containsAll(List.of(true, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void aPlanThatIsTooDeepIsNoPlan(String level) {
    assertThatThrownBy(() -> FaultPlan.yaml("faults: \n " + level.repeat(40_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 32 lists and blocks");
  }

  @Test
  void aPlanOfEndlessLinesOrBytesIsNoPlan() {
    assertThatThrownBy(() -> FaultPlan.yaml("faults: [" + "a, ".repeat(1_000_000) + "]"))
        .hasMessageContaining("a line has more than 250,000 characters");
    assertThatThrownBy(() -> FaultPlan.file(Path.of("/dev/zero")))
        .hasMessageContaining("/dev/zero: it has more than 4,194,304 bytes");
  }
}
