package io.initload.simulator.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When, and what. The name appears in the org's journal of faults. */
public record FaultRule(String name, Trigger trigger, Fault fault) {
  @JsonCreator
  static FaultRule written(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("when") @Nullable Trigger when,
      @JsonProperty("then") @JsonDeserialize(using = FaultReader.class) @Nullable Fault then) {
    if (then == null) {
      throw new IllegalArgumentException("'then' must say what happens");
    }
    return new FaultRule(
        Objects.requireNonNullElse(name, then.getClass().getSimpleName()),
        Objects.requireNonNullElse(when, Trigger.always()),
        then);
  }
}
