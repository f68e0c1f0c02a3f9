/**
 * Sessions of the database that is read, and what its errors mean. A session begins and an error is
 * judged as the kind of database says. Starts at {@link io.initload.source.session.SessionPool}.
 */
@NullMarked
package io.initload.source.session;

import org.jspecify.annotations.NullMarked;
