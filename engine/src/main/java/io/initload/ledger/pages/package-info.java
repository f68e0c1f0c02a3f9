/**
 * What people look through in the books: pages of bounded length, and what was when. Reads only.
 */
@NullMarked
package io.initload.ledger.pages;

import org.jspecify.annotations.NullMarked;
