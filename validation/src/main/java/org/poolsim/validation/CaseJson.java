// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of case files, and of what is computed for them. */
public final class CaseJson {
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private CaseJson() {}

  /**
   * Reads a case file.
   *
   * @throws CaseFormatException with line and column if it is not JSON
   * @throws IOException if it cannot be read
   */
  public static JsonNode read(Path file) throws IOException {
    return parse(file, Files.readString(file));
  }

  /** Reads the text of a case file, as {@link #read} does. */
  public static JsonNode parse(Path file, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new CaseFormatException(
          String.format(
              "%s:%d:%d: not JSON: %s",
              file, at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()));
    }
  }
}
