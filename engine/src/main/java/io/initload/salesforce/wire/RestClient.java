package io.initload.salesforce.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Audit;
import io.initload.Failure;
import io.initload.retry.Retry;
import io.initload.salesforce.errors.OrgError;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.StrangeAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls with a session, sorts what comes back, and repeats what may be repeated
 * (docs/reference/salesforce.md, "Sessions", "Answers at a limit" and "Transport errors"). Safe for
 * several threads.
 */
public final class RestClient {
  private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);

  /** Takes a body whose transfer may still break. Called again from the start when it does. */
  @FunctionalInterface
  public interface Sink<T> {
    T take(InputStream body) throws IOException;
  }

  private final OrgSession session;
  private final Wire wire;
  private final Retry retry;
  private final Clock clock;
  private final RequestBudget budget;
  private final Audit audit;
  private final AtomicBoolean deprecationTold = new AtomicBoolean();

  /**
   * @param audit is told of each call that is no mere look, once, before it is made
   */
  public RestClient(
      OrgSession session, Wire wire, Retry retry, Clock clock, RequestBudget budget, Audit audit) {
    this.session = session;
    this.wire = wire;
    this.retry = retry;
    this.clock = clock;
    this.budget = budget;
    this.audit = audit;
  }

  public OrgSession session() {
    return session;
  }

  /**
   * The answer's JSON, which has a list of that name.
   *
   * @throws Failure {@code ORG_ANSWER} when it has none: nothing is not the same as an empty list
   */
  public JsonNode listing(Call call, String list) throws InterruptedException {
    return fetch(
        call,
        body -> {
          JsonNode json = AnswerJson.any(body);
          if (!json.path(list).isArray()) {
            throw new StrangeAnswer("has no list of " + list);
          }
          return json;
        });
  }

  /**
   * What the sink makes of the answer's body, inflated and proven complete.
   *
   * @throws Failure {@code ORG_ANSWER} when the answer stays a {@link StrangeAnswer}; whether the
   *     org has done what cannot be repeated is not known then
   */
  public <T> T fetch(Call call, Sink<T> sink) throws InterruptedException {
    audit(call);
    try {
      return retry.call(() -> attempt(call, sink), RetryAdvice::mayPass);
    } catch (OrgException.Unavailable | OrgException.UnknownOutcome e) {
      if (e.getCause() instanceof StrangeAnswer strange) {
        throw strange.failure(call);
      }
      throw e;
    }
  }

  private <T> T attempt(Call call, Sink<T> sink) throws InterruptedException {
    AccessToken token = session.token();
    try {
      return exchange(call, token, answer -> receive(call, answer, sink));
    } catch (ExpiredException expired) {
      LOG.debug("session ended at {}", call);
    }
    AccessToken renewed = session.renewed(token);
    try {
      return exchange(call, renewed, answer -> receive(call, answer, sink));
    } catch (ExpiredException again) {
      throw new OrgException.SessionLost(call.toString(), again.words);
    }
  }

  /**
   * What the receiver makes of an answer, whatever its status: once, and nothing is read into it.
   *
   * @throws OrgException.Unavailable when none came
   */
  public <T> T plainly(Call call, Wire.Receiver<T> receiver) throws InterruptedException {
    audit(call);
    return exchange(call, session.token(), receiver);
  }

  private void audit(Call call) {
    call.audited().ifPresent(what -> audit.about(what.act(), what.object()));
  }

  /** What only the answer to a call says of it. */
  public void answered(Audit.Act act, String object) {
    audit.about(act, object);
  }

  private <T> T exchange(Call call, AccessToken token, Wire.Receiver<T> receiver)
      throws InterruptedException {
    URI uri = Origin.resolve(token.instance(), call.path());
    Map<String, String> headers = new HashMap<>(call.headers());
    headers.put("Authorization", "Bearer " + token.value());
    headers.put("Accept-Encoding", "gzip");
    headers.put("User-Agent", Call.CLIENT);
    headers.put("Sforce-Call-Options", "client=" + Call.CLIENT);
    Wire.Request request = new Wire.Request(call.method(), uri, headers, call.body());
    budget.sent();
    try {
      return wire.exchange(request, receiver);
    } catch (Wire.UnsentException e) {
      throw new OrgException.Unavailable(call.toString(), RetryAdvice.words(e), Duration.ZERO, e);
    } catch (Wire.UnreadableUploadException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "UPLOAD_SOURCE",
          "The staged data of %s cannot be read: %s".formatted(call, e.getMessage()),
          "Check the staging disk; the job has loaded nothing, the next run makes the part again.",
          e);
    } catch (IOException e) {
      throw lost(call, RetryAdvice.words(e), Duration.ZERO, e);
    }
  }

  private <T> T receive(Call call, Wire.Answer answer, Sink<T> sink) throws IOException {
    LOG.debug("{}: HTTP {}", call, answer.status());
    answer.header("sforce-limit-info").ifPresent(budget::observe);
    answer.header("warning").ifPresent(this::tellDeprecation);
    if (answer.status() >= 300) {
      throw failed(call, answer, answer.body().readNBytes(Bounds.SMALL_ANSWER_BYTES_MAX));
    }
    T result = sink.take(answer.body());
    answer.checkEnd();
    return result;
  }

  /** The exception an answer with an error status stands for. */
  private OrgException failed(Call call, Wire.Answer answer, byte[] body) {
    int status = answer.status();
    Optional<OrgError> error = OrgError.ofRest(body);
    String code = error.map(OrgError::code).orElse("");
    String message = error.map(OrgError::message).orElse("");
    if (status == 401 || (status == 403 && error.isEmpty())) {
      throw new ExpiredException(
          error.map(e -> e.code() + ": " + e.message()).orElse("HTTP " + status));
    }
    String what = "HTTP " + status + (error.isEmpty() ? "" : " " + code + ": " + message);
    Duration wait = RetryAdvice.retryAfter(answer, clock);
    if (code.equals("REQUEST_LIMIT_EXCEEDED") && isCrowded(message)) {
      return new OrgException.Unavailable(call.toString(), what, wait, null);
    }
    if (code.equals("REQUEST_LIMIT_EXCEEDED")
        || code.equals("EXCEEDEDQUOTA")
        || code.equals("LIMIT_EXCEEDED")) {
      return new OrgException.LimitReached(call.toString(), code, message);
    }
    if (status == 420 || status == 429) {
      return new OrgException.Unavailable(call.toString(), what, wait, null);
    }
    if (status >= 500 || status == 408 || (status == 406 && error.isEmpty())) {
      return lost(call, what, wait, null);
    }
    return new OrgException.Refused(
        call.toString(), status, error.isEmpty() ? "HTTP_" + status : code, message);
  }

  /**
   * Whether too many requests at once are meant, which passes, and not those of the day: one code
   * says both. The limit's name is a hint where the text has it; in another language the figures
   * that came with the answer decide.
   */
  private boolean isCrowded(String message) {
    boolean left = budget.remaining().orElse(0) > 0;
    return message.contains("Concurrent") || (left && !message.contains("TotalRequests"));
  }

  private static OrgException lost(
      Call call, String what, Duration wait, @Nullable Throwable cause) {
    return call.repeatable()
        ? new OrgException.Unavailable(call.toString(), what, wait, cause)
        : new OrgException.UnknownOutcome(call.toString(), what, wait, cause);
  }

  private void tellDeprecation(String warning) {
    if (warning.startsWith("299") && deprecationTold.compareAndSet(false, true)) {
      LOG.warn("the org says: {}", warning);
    }
  }

  /** The session is over; seen by nobody outside. */
  private static final class ExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String words;

    ExpiredException(String words) {
      super(words);
      this.words = words;
    }
  }
}
