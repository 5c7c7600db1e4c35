// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.util.Map;

/**
 * What a request gets.
 *
 * @param status the HTTP status
 * @param mediaType the type of the body
 * @param body the body
 * @param headers further headers
 */
record Answer(int status, String mediaType, String body, Map<String, String> headers) {
  static Answer of(String mediaType, String body) {
    return new Answer(200, mediaType, body, Map.of());
  }

  static Answer error(int status, String text) {
    return new Answer(status, "text/plain; charset=utf-8", text + "\n", Map.of());
  }

  Answer with(Map<String, String> more) {
    return new Answer(status, mediaType, body, more);
  }
}
