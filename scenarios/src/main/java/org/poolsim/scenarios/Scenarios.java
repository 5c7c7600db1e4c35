// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolsim.pool.spec.HaSpec;
import org.poolsim.pool.spec.NetworkSpec;
import org.poolsim.pool.spec.PoolSpec;
import org.poolsim.pool.spec.RecordSpec;
import org.poolsim.pool.spec.RunSpec;
import org.poolsim.pool.spec.SaturationSpec;
import org.poolsim.pool.spec.StartCostSpec;
import org.poolsim.scenarios.language.Disk;
import org.poolsim.scenarios.language.Ha;
import org.poolsim.scenarios.language.Host;
import org.poolsim.scenarios.language.Image;
import org.poolsim.scenarios.language.Network;
import org.poolsim.scenarios.language.PoolEntry;
import org.poolsim.scenarios.language.Saturation;
import org.poolsim.scenarios.language.Scenario;
import org.poolsim.scenarios.language.Sr;
import org.poolsim.scenarios.language.StartCosts;
import org.poolsim.scenarios.language.StorageArray;
import org.poolsim.scenarios.language.Vm;
import org.poolsim.scenarios.yaml.Binder;
import org.poolsim.scenarios.yaml.Bound;
import org.poolsim.scenarios.yaml.Defaulted;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Node;
import org.poolsim.scenarios.yaml.PathSetter;
import org.poolsim.scenarios.yaml.Position;

/**
 * Loads scenarios: reads the file and what it includes, puts settings and templates in place, binds
 * and checks everything, fills in what is left out, and assembles what a run is made of.
 */
public final class Scenarios {
  private final Scenario scenario;
  private final Inventory inventory;
  private final TraceFiles traces;
  private final ObjectiveAssembly objectives;

  private Scenarios(
      Scenario scenario, Inventory inventory, TraceFiles traces, ObjectiveAssembly objectives) {
    this.scenario = scenario;
    this.inventory = inventory;
    this.traces = traces;
    this.objectives = objectives;
  }

  /**
   * Loads a scenario file.
   *
   * @param settings values that replace those of the file, in order
   * @throws ScenarioException with everything that is wrong
   */
  public static LoadedScenario load(Path path, List<Setting> settings) throws ScenarioException {
    return load(path, settings, PerfmonSetting.Check.NONE);
  }

  /**
   * Loads a scenario file.
   *
   * @param settings values that replace those of the file, in order
   * @param perfmon knows what is wrong with the configuration of alarms
   * @throws ScenarioException with everything that is wrong
   */
  public static LoadedScenario load(Path path, List<Setting> settings, PerfmonSetting.Check perfmon)
      throws ScenarioException {
    Mistakes mistakes = new Mistakes();
    SourceFiles files = new SourceFiles(path, mistakes);
    Node.Mapping tree = files.read(path);
    if (tree == null) {
      throw new ScenarioException(mistakes.list());
    }
    for (Setting setting : settings) {
      tree = PathSetter.set(tree, setting.path(), setting.value(), setting.option(), mistakes);
    }
    Bound<Scenario> bound =
        Binder.bind(new Templates(mistakes).apply(tree), Scenario.class, mistakes);
    Scenario scenario = bound.value();
    Inventory inventory = new Inventory(scenario, bound.places(), mistakes);
    TraceFiles traces = new TraceFiles(files, inventory, bound.places(), mistakes);
    ObjectiveAssembly objectives =
        new ObjectiveAssembly(scenario, inventory, bound.places(), mistakes);
    if (scenario.pool() != null) {
      HostChecks references =
          new HostChecks(inventory, scenario.fidelity(), bound.places(), mistakes);
      references.check();
      VmChecks vms = new VmChecks(scenario, inventory, references, bound.places(), mistakes);
      vms.check();
      new WorkloadChecks(scenario, inventory, references, traces, bound.places(), mistakes).check();
      FaultAssembly.check(scenario.faults(), references, vms, inventory, bound.places(), mistakes);
      objectives.check();
    }
    RecordingChecks.check(scenario.record(), bound.places(), mistakes);
    PerfmonAssembly.check(scenario, bound.places(), mistakes, perfmon);
    if (mistakes.isEmpty() && inventory.hosts.isEmpty()) {
      mistakes.add(bound.places().of(scenario.pool(), "hosts"), "hosts: the pool has no host");
    }
    if (!mistakes.isEmpty()) {
      throw new ScenarioException(mistakes.list());
    }
    Scenarios scenarios = new Scenarios(scenario, inventory, traces, objectives);
    Scenario resolved = scenarios.resolved();
    try {
      return new LoadedScenario(resolved, scenarios.run(resolved), Defaulted.of(bound));
    } catch (IllegalArgumentException e) {
      // The pool's own last check: less precise, never a stack trace.
      mistakes.add(Position.of(path.toString()), e.getMessage());
      throw new ScenarioException(mistakes.list());
    }
  }

  private Scenario resolved() {
    PoolEntry pool = scenario.pool();
    Set<String> ofVifs = new LinkedHashSet<>();
    scenario.vms().forEach(vm -> vm.vifs().forEach(vif -> ofVifs.add(vif.network())));
    boolean implicit = pool.networks() == null;
    List<Host> hosts =
        HostAssembly.resolved(
            pool.hosts(), scenario.fidelity(), pool.memoryPolicy(), implicit ? ofVifs : Set.of());
    List<Network> networks = implicit ? HostAssembly.found(hosts, ofVifs) : pool.networks();
    Map<String, Disk> implicitImages = inventory.implicitImages(scenario);
    List<Image> images = VmAssembly.images(pool.images(), implicitImages);
    Map<String, Image> byName = new LinkedHashMap<>();
    images.forEach(image -> inventory.names(image.name()).forEach(n -> byName.put(n, image)));
    List<StorageArray> arrays =
        pool.arrays().stream()
            .map(
                array ->
                    new StorageArray(
                        array.name(),
                        array.devices(),
                        StorageAssembly.resolved(array.device()),
                        array.raid(),
                        array.link(),
                        array.latency(),
                        array.queueDepth()))
            .toList();
    List<Sr> srs =
        pool.storage().stream().map(sr -> StorageAssembly.resolved(sr, inventory)).toList();
    List<Vm> vms = VmAssembly.resolved(scenario.vms(), byName, inventory);
    return new Scenario(
        scenario.poolsim(),
        scenario.name(),
        scenario.about(),
        null,
        scenario.seed(),
        scenario.duration(),
        scenario.fidelity(),
        scenario.load(),
        new PoolEntry(
            pool.name() != null ? pool.name() : scenario.name(),
            pool.uuid(),
            pool.referenceClock(),
            hosts,
            pool.network(),
            networks,
            arrays,
            srs,
            images,
            pool.memoryPolicy(),
            pool.ha(),
            pool.startCosts()),
        Map.of(),
        Map.of(),
        scenario.workloads(),
        vms,
        scenario.faults(),
        scenario.objectives().stream().map(ObjectiveAssembly::resolved).toList(),
        scenario.saturation(),
        scenario.record());
  }

  private RunSpec run(Scenario resolved) {
    PoolEntry pool = resolved.pool();
    Ha ha = pool.ha();
    WorkloadAssembly workloads = new WorkloadAssembly(resolved, traces);
    PoolSpec spec =
        new PoolSpec(
            pool.name(),
            pool.uuid(),
            pool.referenceClock() == null ? 0 : pool.referenceClock(),
            HostAssembly.hosts(pool.hosts(), inventory),
            pool.network().backend(),
            networks(pool.networks()),
            StorageAssembly.arrays(pool.arrays(), inventory),
            StorageAssembly.srs(pool.storage(), inventory),
            VmAssembly.vdis(pool.images(), resolved.vms(), inventory),
            new HaSpec(ha.enabled(), ha.policy(), ha.timeout(), ha.hostFailuresToTolerate()),
            VmAssembly.vms(resolved.vms(), workloads, inventory),
            startCosts(pool.startCosts()));
    Saturation saturation = resolved.saturation();
    return new RunSpec(
        spec,
        resolved.seed(),
        resolved.duration(),
        FaultAssembly.specs(resolved.faults(), inventory),
        objectives.specs(resolved.objectives()),
        new SaturationSpec(
            saturation.guestCpu(),
            saturation.dom0Cpu(),
            saturation.memory(),
            saturation.array(),
            saturation.queue(),
            saturation.link(),
            saturation.atLeast()),
        new RecordSpec(resolved.record().window()));
  }

  private List<NetworkSpec> networks(List<Network> networks) {
    List<NetworkSpec> specs = new ArrayList<>();
    for (Network network : networks) {
      for (String name : inventory.names(network.name())) {
        specs.add(new NetworkSpec(name, network.uuid(), network.mtu()));
      }
    }
    return specs;
  }

  private static StartCostSpec startCosts(StartCosts costs) {
    return new StartCostSpec(
        costs.workers(),
        costs.placement(),
        costs.create(),
        costs.build(),
        costs.buildPerGib(),
        costs.fileDiskPlug(),
        costs.lvmDiskPlug(),
        costs.vifPlug(),
        costs.deviceModel());
  }
}
