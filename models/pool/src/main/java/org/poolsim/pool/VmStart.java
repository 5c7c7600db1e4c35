// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import org.poolsim.cpu.CpuWork;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.memory.xenstore.StoreScript;
import org.poolsim.pool.spec.DomainType;
import org.poolsim.pool.spec.StartCostSpec;
import org.poolsim.pool.spec.VbdSpec;
import org.poolsim.storage.SrType;

/**
 * What a host's toolstack does for one start of a VM, in order: reserve memory (tried each ten
 * seconds for a minute, by a worker that does nothing else meanwhile), create, tell xenstore, have
 * the memory populated, build, plug devices side by side, start the device model, unpause.
 * Creating, building and the device model take dom0's CPU; plugging takes time; reserving waits for
 * squeezed.
 */
final class VmStart {
  private static final double KIB_PER_GIB = 1 << 20;

  private enum Stage {
    WAITING,
    RESERVE,
    CREATE,
    STORE,
    POPULATE,
    BUILD,
    PLUG,
    DEVICE_MODEL,
    DONE
  }

  private final Simulator simulator;
  private final Pool pool;
  private final PoolVm vm;
  private final PoolHost host;
  private final StartCostSpec costs;
  private Stage stage = Stage.WAITING;
  private long reservingNanos;
  private int domid;
  private StoreScript client;
  private final CpuWork work =
      new CpuWork() {
        @Override
        protected void completed() {
          next();
        }
      };
  private final Event plugged =
      new Event() {
        @Override
        protected void fire() {
          next();
        }
      };

  VmStart(Simulator simulator, Pool pool, PoolVm vm, PoolHost host, StartCostSpec costs) {
    this.simulator = simulator;
    this.pool = pool;
    this.vm = vm;
    this.host = host;
    this.costs = costs;
  }

  /** A worker has taken it. */
  void begin() {
    next();
  }

  /** squeezed has found the memory. */
  void reserved() {
    long nowNanos = simulator.nowNanos();
    pool.metrics().get(MetricDefinition.MEMORY_WAIT).took(vm, nowNanos, nowNanos - reservingNanos);
    next();
  }

  /** The domain has its memory. */
  void built() {
    next();
  }

  /** There is no memory for it: the worker takes the next one. */
  void failed() {
    stage = Stage.DONE;
    endStore();
    host.xenopsd().release();
  }

  /** Gives up: the VM or its host has died. */
  void abandon() {
    if (stage == Stage.WAITING) {
      host.xenopsd().forget(this);
      return;
    }
    host.dom0().cancel(work);
    simulator.cancel(plugged);
    endStore();
    if (stage != Stage.DONE) {
      stage = Stage.DONE;
      if (host.isUp()) {
        host.xenopsd().release();
      }
    }
  }

  /** Returns xenopsd's client of the VM's xenstore; {@code null} before it has one. */
  StoreScript client() {
    return client;
  }

  int domid() {
    return domid;
  }

  private void endStore() {
    if (client != null) {
      host.store().end(client, domid);
    }
  }

  private void next() {
    stage = Stage.values()[stage.ordinal() + 1];
    switch (stage) {
      case RESERVE -> {
        reservingNanos = simulator.nowNanos();
        vm.memory().reserve();
      }
      case CREATE -> spend(costs.createNanos());
      case STORE -> {
        domid = host.memory().nextDomid();
        client = host.store().connect();
        host.store().start(client, domid, vm.spec(), this::next);
      }
      case POPULATE -> vm.memory().build(domid);
      case BUILD ->
          spend(
              costs.buildNanos()
                  + Math.round(costs.buildNanosPerGib() * (vm.memory().actualKib() / KIB_PER_GIB)));
      case PLUG -> simulator.scheduleAfter(plugged, plugNanos());
      case DEVICE_MODEL -> spend(vm.spec().type() == DomainType.HVM ? costs.deviceModelNanos() : 0);
      case DONE -> {
        host.xenopsd().release();
        vm.unpaused();
      }
      case WAITING -> throw new AssertionError("nothing leads back to waiting");
    }
  }

  private void spend(long cpuNanos) {
    if (cpuNanos == 0) {
      next();
    } else {
      host.dom0().submit(work, cpuNanos);
    }
  }

  private long plugNanos() {
    long longest = vm.spec().vifs().isEmpty() ? 0 : costs.vifPlugNanos();
    for (VbdSpec vbd : vm.spec().vbds()) {
      if (vbd.vdi() != null) {
        boolean lvm = pool.srOf(vbd).type().image() == SrType.Image.LVM;
        longest = Math.max(longest, lvm ? costs.lvmVbdPlugNanos() : costs.fileVbdPlugNanos());
      }
    }
    return longest;
  }
}
