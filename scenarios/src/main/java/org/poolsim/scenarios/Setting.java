// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

/**
 * A value set from outside the file, as by {@code --set path=value}.
 *
 * @param path keys with dots between them; an entry of a list by name, number from 0, or {@code *}
 * @param value YAML
 */
public record Setting(String path, String value) {
  /**
   * Reads {@code path=value}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static Setting parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a setting, expected path=value such as vms.web.vcpus=4");
    }
    return new Setting(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /** Returns how messages call the setting. */
  String option() {
    return "--set " + path + "=" + value;
  }
}
