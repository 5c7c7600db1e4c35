// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

/**
 * A document bound to records.
 *
 * @param value the root record; holds placeholders where there were mistakes
 * @param places where everything came from
 */
public record Bound<T>(T value, Places places) {}
