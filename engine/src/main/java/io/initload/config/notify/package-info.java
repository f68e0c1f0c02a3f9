/** To whom word of a migration is sent, and of what. */
@NullMarked
package io.initload.config.notify;

import org.jspecify.annotations.NullMarked;
