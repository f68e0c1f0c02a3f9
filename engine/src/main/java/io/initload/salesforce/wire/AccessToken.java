package io.initload.salesforce.wire;

import java.net.URI;

/**
 * A token and what came with it.
 *
 * @param value secret; never printed
 * @param instance origin of every later call
 */
public record AccessToken(String value, URI instance, String orgId, String userId) {
  @Override
  public String toString() {
    return "token for user " + userId + " of org " + orgId;
  }
}
