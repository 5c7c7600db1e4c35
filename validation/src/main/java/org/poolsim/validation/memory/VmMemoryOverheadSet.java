// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.poolsim.memory.ToolstackVersion;
import org.poolsim.memory.VmMemoryBreakdown;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;

/** {@code vm-memory-overhead}: what a VM takes from its host. */
public final class VmMemoryOverheadSet implements ValidationSet {
  private static final List<String> INPUTS =
      List.of("type", "static_max_mib", "target_mib", "video_mib", "vcpus", "shadow_multiplier");

  private static final List<Output> OUTPUTS =
      List.of(
          new Output("build_max_mib", VmMemoryBreakdown::buildMaxMib),
          new Output("build_start_mib", VmMemoryBreakdown::buildStartMib),
          new Output("xen_max_mib", VmMemoryBreakdown::xenMaxMib),
          new Output("shadow_mib", VmMemoryBreakdown::shadowMib),
          new Output("required_host_free_mib", VmMemoryBreakdown::footprintMib),
          new Output("overhead_mib", VmMemoryBreakdown::overheadMib),
          new Output("build_claim_pages", VmMemoryBreakdown::buildClaimPages));

  private static final Map<String, VmMemoryBreakdown.Type> TYPES =
      Map.of(
          "hvm", VmMemoryBreakdown.Type.HVM,
          "pvh", VmMemoryBreakdown.Type.PVH,
          "pv", VmMemoryBreakdown.Type.PV,
          "pv_in_pvh", VmMemoryBreakdown.Type.PV_IN_PVH);

  private record Output(String column, Function<VmMemoryBreakdown, Long> value) {}

  @Override
  public String name() {
    return "vm-memory-overhead";
  }

  @Override
  public boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.startsWith("vm-memory-overhead") && fileName.endsWith(".csv");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    List<NamedCsvRecord> rows;
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      rows = reader.stream().toList();
    }
    List<String> problems = new ArrayList<>();
    List<VmMemoryBreakdown> computed = new ArrayList<>();
    for (NamedCsvRecord row : rows) {
      computed.add(breakdown(file, row, problems));
    }
    if (!problems.isEmpty()) {
      throw new CaseFormatException(String.join("\n", problems));
    }

    List<Replay.CaseResult> results = new ArrayList<>();
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      List<String> header = new ArrayList<>(INPUTS);
      OUTPUTS.forEach(output -> header.add(output.column()));
      csv.writeRecord(header);
      for (int i = 0; i < rows.size(); i++) {
        NamedCsvRecord row = rows.get(i);
        List<String> line = new ArrayList<>();
        INPUTS.forEach(column -> line.add(row.getField(column).strip()));
        for (Output output : OUTPUTS) {
          line.add(output.value().apply(computed.get(i)).toString());
        }
        csv.writeRecord(line);
        results.add(judge(row, computed.get(i)));
      }
    }
    return new Replay(results, text.toString());
  }

  private static Replay.CaseResult judge(NamedCsvRecord row, VmMemoryBreakdown computed) {
    List<String> inputs = new ArrayList<>();
    INPUTS.forEach(column -> inputs.add(row.getField(column)));
    String id = String.join(" ", inputs);
    boolean judged = false;
    for (Output output : OUTPUTS) {
      String recorded = row.findField(output.column()).orElse("").strip();
      String value = output.value().apply(computed).toString();
      if (recorded.isEmpty()) {
        continue;
      }
      judged = true;
      if (!recorded.equals(value)) {
        return new Replay.CaseResult(
            id, Replay.Verdict.FAIL, output.column() + ": " + value + " for " + recorded, "exact");
      }
    }
    return judged
        ? new Replay.CaseResult(id, Replay.Verdict.PASS, "equal", "exact")
        : ExactComparison.notJudged(id);
  }

  private static VmMemoryBreakdown breakdown(Path file, NamedCsvRecord row, List<String> problems) {
    int before = problems.size();
    String typeName = field(file, row, "type", problems).toLowerCase(Locale.ROOT);
    VmMemoryBreakdown.Type type = TYPES.get(typeName);
    if (type == null && problems.size() == before) {
      problems.add(
          place(file, row, "type") + "'" + typeName + "' is none of hvm, pvh, pv, pv_in_pvh");
    }
    long staticMax = whole(file, row, "static_max_mib", problems);
    long target = whole(file, row, "target_mib", problems);
    long video = whole(file, row, "video_mib", problems);
    long vcpus = whole(file, row, "vcpus", problems);
    double multiplier = number(file, row, "shadow_multiplier", problems);
    return problems.size() > before
        ? null
        : VmMemoryBreakdown.of(
            type, staticMax, target, video, (int) vcpus, multiplier, ToolstackVersion.SINCE_2026);
  }

  private static long whole(Path file, NamedCsvRecord row, String column, List<String> problems) {
    int before = problems.size();
    String text = field(file, row, column, problems);
    try {
      return problems.size() > before ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      problems.add(place(file, row, column) + "expected a whole number, found '" + text + "'");
      return 0;
    }
  }

  private static double number(
      Path file, NamedCsvRecord row, String column, List<String> problems) {
    int before = problems.size();
    String text = field(file, row, column, problems);
    try {
      return problems.size() > before ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      problems.add(place(file, row, column) + "expected a number, found '" + text + "'");
      return 0;
    }
  }

  private static String field(Path file, NamedCsvRecord row, String column, List<String> problems) {
    String text = row.findField(column).orElse("").strip();
    if (text.isEmpty()) {
      problems.add(place(file, row, column) + "is missing");
    }
    return text;
  }

  /** A CSV line tells no columns of characters; the column of the table stands in their place. */
  private static String place(Path file, NamedCsvRecord row, String column) {
    return file
        + ":"
        + row.getStartingLineNumber()
        + ":"
        + (row.getHeader().indexOf(column) + 1)
        + ": "
        + column
        + ": ";
  }
}
