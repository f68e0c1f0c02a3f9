/**
 * A first configuration, drafted from what the source's dictionary and the org's describes say:
 * which table goes into which object, which column into which field, why, and how sure that is.
 * Pure: who calls it has asked both sides before.
 */
@NullMarked
package io.initload.draft;

import org.jspecify.annotations.NullMarked;
