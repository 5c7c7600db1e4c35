// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The key may be left out; its value then follows from others by a stated rule. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Computed {
  /** The rule. */
  String value();
}
