// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Option;

/** Where an import goes: a file that appears whole or not at all, or the terminal. */
final class ImportOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write; a file of that name is replaced. Otherwise it is printed.")
  private Path output;

  /** Returns the file; null for the terminal. */
  Path file() {
    return output;
  }

  /** Writes a text. */
  void write(String text, PrintWriter out) throws IOException {
    if (output == null) {
      out.print(text);
      out.flush();
      return;
    }
    if (Files.isDirectory(output)) {
      throw new WrongInputException(output + ": is a folder: expected the name of a file");
    }
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new WrongInputException(output + ": its folder does not exist");
    }
    if (!Files.isWritable(folder)) {
      throw new WrongInputException(
          output + ": cannot be created: " + folder + " may not be written to");
    }
    Path partial = folder.resolve("." + output.getFileName() + ".partial");
    try {
      Files.write(partial, text.getBytes(StandardCharsets.UTF_8));
      try {
        Files.move(
            partial, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException plain) {
        Files.move(partial, output, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException failed) {
      throw new IOException(output + ": cannot be written: " + Poolsim.describe(failed), failed);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
