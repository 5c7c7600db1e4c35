// SPDX-License-Identifier: Apache-2.0
/**
 * The scenario language as records: one record for each mapping, one component for each key. Names,
 * units, ranges, defaults and meaning stand here and nowhere else; the binder, the JSON Schema, the
 * reference page and the writer read them. What a {@code null} or a default means for the pool is
 * decided by {@link org.poolsim.scenarios.Scenarios}.
 */
package org.poolsim.scenarios.language;
