// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.poolsim.cli.WrongInputException;

/**
 * Where a run's files go: written into a hidden folder beside the target and renamed when
 * everything is there. A run is there or it is not.
 */
public final class OutputDirectory {
  /** What together tell a folder that poolsim wrote from one that somebody else did. */
  private static final List<String> MARKS = List.of("summary.json", "scenario.yaml", "report.html");

  private final Path target;
  private final Path partial;

  /**
   * Prepares a target; nothing is created yet.
   *
   * @throws WrongInputException if something that is not a run's output stands there
   */
  public OutputDirectory(Path target) throws IOException {
    this.target = target.toAbsolutePath().normalize();
    if (target.toString().isEmpty()) {
      throw new WrongInputException("--output: is empty, expected the path of a new folder");
    }
    if (this.target.getFileName() == null) {
      throw new WrongInputException(
          target + ": cannot be an output directory: expected the path of a new folder");
    }
    partial = this.target.resolveSibling("." + this.target.getFileName() + ".partial");
    if (Files.exists(this.target) && !isRun(this.target)) {
      throw new WrongInputException(
          target
              + ": exists and is not the output of a run: expected a new folder, or one that an earlier run wrote");
    }
    Path parent = this.target.getParent();
    if (parent != null && Files.exists(parent) && !Files.isDirectory(parent)) {
      throw new WrongInputException(target + ": cannot be created: " + parent + " is not a folder");
    }
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    if (parent != null && !Files.isWritable(parent)) {
      throw new WrongInputException(
          target + ": cannot be created: " + parent + " may not be written to");
    }
  }

  private static boolean isRun(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    if (MARKS.stream().allMatch(mark -> Files.isRegularFile(folder.resolve(mark)))) {
      return true;
    }
    try (var content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  /** Creates the folder that files are written to until {@link #publish()}. */
  public Path begin() throws IOException {
    delete(partial);
    Files.createDirectories(partial);
    return partial;
  }

  /** Puts what was written in place of what stood there before. */
  public void publish() throws IOException {
    Path old = target.resolveSibling("." + target.getFileName() + ".old");
    delete(old);
    if (Files.exists(target)) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  /** Removes what was written and not published. */
  public void abandon() {
    try {
      delete(partial);
    } catch (IOException left) {
      System.err.println("poolsim: could not remove " + partial + ": " + left.getMessage());
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
