package io.initload.simulator.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** The signed statement of the JWT bearer flow (docs/reference/salesforce.md, "Logging in"). */
final class Assertion {
  private final SignedJWT jwt;
  private final JWTClaimsSet claims;

  private Assertion(SignedJWT jwt, JWTClaimsSet claims) {
    this.jwt = jwt;
    this.claims = claims;
  }

  static Assertion parse(String text) throws LoginException {
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
        throw new LoginException("invalid_grant", "invalid assertion");
      }
      return new Assertion(jwt, jwt.getJWTClaimsSet());
    } catch (ParseException e) {
      throw new LoginException("invalid_grant", "invalid assertion");
    }
  }

  void checkSignature(List<RSAPublicKey> keys) throws LoginException {
    for (RSAPublicKey key : keys) {
      try {
        if (jwt.verify(new RSASSAVerifier(key))) {
          return;
        }
      } catch (JOSEException e) {
        throw new LoginException("invalid_grant", "invalid assertion");
      }
    }
    throw new LoginException("invalid_grant", "invalid assertion");
  }

  String issuer() {
    String issuer = claims.getIssuer();
    return issuer == null ? "" : issuer;
  }

  String subject() {
    String subject = claims.getSubject();
    return subject == null ? "" : subject;
  }

  List<String> audience() {
    return claims.getAudience();
  }

  /** The claim {@code exp}; the distant past if there is none. */
  Instant expires() {
    Date expires = claims.getExpirationTime();
    return expires == null ? Instant.EPOCH : expires.toInstant();
  }
}
