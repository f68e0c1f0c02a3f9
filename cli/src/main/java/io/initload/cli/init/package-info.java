/** {@code initload init}: a first configuration from two logins. */
@NullMarked
package io.initload.cli.init;

import org.jspecify.annotations.NullMarked;
