// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cpu.guest;

import java.util.ArrayDeque;
import org.poolsim.cpu.sched.Vcpu;

/** Blocked unless it has requests: a backend vCPU. */
public final class Server extends QueueingBehaviour {
  private final ArrayDeque<IoRequest> requesters = new ArrayDeque<>();

  /** Creates a server. */
  public Server(Vcpu vcpu) {
    super(vcpu);
  }

  @Override
  public void start() {
    if (hasQueued()) {
      takeNext();
      vcpu.start();
    } else {
      super.start();
    }
  }

  void request(IoRequest requester, long runNanos) {
    requesters.add(requester);
    deliver(runNanos);
  }

  @Override
  public void workDone(Vcpu self) {
    requesters.remove().answered();
    super.workDone(self);
  }
}
