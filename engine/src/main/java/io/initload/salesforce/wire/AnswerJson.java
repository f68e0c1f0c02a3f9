package io.initload.salesforce.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.initload.salesforce.errors.StrangeAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;

/** Reads the JSON of an answer within its {@link Bounds}. */
public final class AnswerJson {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Bounds.ANSWER_DEPTH_MAX)
                          .maxTokenCount(Bounds.ANSWER_TOKENS_MAX)
                          .maxStringLength(Bounds.ANSWER_TEXT_CHARS_MAX)
                          .maxNumberLength(Bounds.ANSWER_DIGITS_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(new NearNumbers())
          .build();

  private AnswerJson() {}

  /** The answer to a question about one thing: a job, a token, limits. */
  public static JsonNode small(InputStream body) throws IOException {
    return read(body, Bounds.SMALL_ANSWER_BYTES_MAX);
  }

  /** Any answer; a missing node when it is empty. Leaves the stream open, read to its end. */
  public static JsonNode any(InputStream body) throws IOException {
    return read(body, Bounds.ANSWER_BYTES_MAX);
  }

  private static JsonNode read(InputStream body, int bytesMax) throws IOException {
    InputStream bounded = new BoundedBody(body, bytesMax);
    try {
      JsonNode json = JSON.readTree(new Unclosed(bounded));
      bounded.transferTo(OutputStream.nullOutputStream());
      return json;
    } catch (StreamConstraintsException e) {
      throw new StrangeAnswer("is deeper, longer or has more values than any of an org");
    } catch (FarNumberException e) {
      throw new StrangeAnswer("holds a number of more than %,d digits".formatted(e.digits));
    } catch (JsonProcessingException e) {
      throw new IOException("its answer is not JSON");
    }
  }

  /** Closing gzip would hide whether the transfer ended well. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // its owner does
    }
  }

  /** Writing out a number of few digits and a great exponent would fill the memory. */
  private static final class NearNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(BigDecimal value) {
      if (Math.abs((long) value.scale()) > Bounds.ANSWER_DIGITS_MAX) {
        throw new FarNumberException(Bounds.ANSWER_DIGITS_MAX);
      }
      return super.numberNode(value);
    }
  }

  private static final class FarNumberException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int digits;

    FarNumberException(int digits) {
      super("a number too far from the point");
      this.digits = digits;
    }
  }
}
