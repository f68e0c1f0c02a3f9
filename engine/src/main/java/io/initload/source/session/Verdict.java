package io.initload.source.session;

import io.initload.Failure;
import io.initload.source.SourceFailure;

/**
 * What an error of the database means.
 *
 * @param action what the caller may do
 * @param reach what it ends
 * @param kind who must act
 * @param code of the failure that is made of it
 * @param vendorCode as the database's documentation names it, for messages
 * @param remedy what to do next
 */
public record Verdict(
    SourceFailure.Action action,
    Failure.Reach reach,
    Failure.Kind kind,
    String code,
    String vendorCode,
    String remedy) {}
