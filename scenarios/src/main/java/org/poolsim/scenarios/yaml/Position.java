// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.yaml;

/**
 * Where something stands in the input.
 *
 * @param file the file as the user named it, or the command-line option that set the value
 * @param line from 1; 0 if the place is not inside a file
 * @param column from 1; 0 if unknown
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
  /** Returns a place that is a whole file or a command-line option. */
  public static Position of(String file) {
    return new Position(file, 0, 0);
  }

  @Override
  public int compareTo(Position other) {
    int byFile = file.compareTo(other.file);
    if (byFile != 0) {
      return byFile;
    }
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
