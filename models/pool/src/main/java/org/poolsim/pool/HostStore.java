// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.poolsim.cpu.CpuDomain;
import org.poolsim.engine.Simulator;
import org.poolsim.memory.xenstore.StoreDaemon;
import org.poolsim.memory.xenstore.StoreScript;
import org.poolsim.memory.xenstore.Xenstored;
import org.poolsim.pool.spec.VmSpec;

/**
 * The xenstore of a host, served on dom0's CPU. VMs that run since before the run are in it with
 * the nodes and watches that their starts have left.
 */
final class HostStore {
  private final Simulator simulator;
  private final StoreDaemon daemon;
  private final CpuDomain dom0;
  private final BackendAccount cpu;

  /** {@code null} until a VM starts or ends here. */
  private Xenstored xenstored;

  private record Before(int domid, VmSpec spec) {}

  /** By name: VMs that run since before the run, until they end. */
  private final Map<String, Before> before = new LinkedHashMap<>();

  /** Their clients, once there is a daemon. */
  private final Map<String, StoreScript> clientsBefore = new HashMap<>();

  HostStore(Simulator simulator, StoreDaemon daemon, CpuDomain dom0, BackendAccount cpu) {
    this.simulator = simulator;
    this.daemon = daemon;
    this.dom0 = dom0;
    this.cpu = cpu;
  }

  /** A VM has run since before the run. */
  void adopt(int domid, VmSpec vm) {
    before.put(vm.name(), new Before(domid, vm));
  }

  /** Connects xenopsd's client for one VM. */
  StoreScript connect() {
    return new StoreScript(simulator, xenstored(), 0, 0);
  }

  private Xenstored xenstored() {
    if (xenstored == null) {
      xenstored =
          new Xenstored(
              simulator, daemon, listener -> new Dom0Worker(dom0, cpu, listener::completed));
      before.forEach(this::fill);
    }
    return xenstored;
  }

  private void fill(String name, Before vm) {
    StoreScript client = connect();
    xenstored.alreadyDone(
        client.connection(),
        StoreScript.vmStart(xenstored, vm.domid, vm.spec.vbds().size(), vm.spec.vifs().size()));
    xenstored.forgetDomain(vm.domid);
    clientsBefore.put(name, client);
  }

  /**
   * Returns the client of a VM that has run since before the run and is about to end; {@code null}
   * for any other, and on a host that is gone.
   */
  StoreScript takeClientBefore(String vm) {
    if (!before.containsKey(vm)) {
      return null;
    }
    xenstored();
    before.remove(vm);
    return clientsBefore.remove(vm);
  }

  /** Makes the requests of a VM's start. */
  void start(StoreScript client, int domid, VmSpec vm, Runnable then) {
    client.run(
        StoreScript.vmStart(xenstored, domid, vm.vbds().size(), vm.vifs().size()),
        () -> {
          xenstored.forgetDomain(domid);
          then.run();
        });
  }

  /** Makes the requests of a domain's end; nobody waits for them. */
  void end(StoreScript client, int domid) {
    client.abandon();
    client.run(StoreScript.vmEnd(xenstored, domid), () -> xenstored.forgetDomain(domid));
  }

  void crash() {
    before.clear();
    if (xenstored != null) {
      xenstored.stop();
    }
  }
}
