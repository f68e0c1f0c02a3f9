/** What an administrator deploys before the first load, as Salesforce's metadata source. */
@NullMarked
package io.initload.draft.metadata;

import org.jspecify.annotations.NullMarked;
