// SPDX-License-Identifier: Apache-2.0
package org.poolsim.benchmarks.peers;

/** The simulators that are compared. */
public enum SimulatorKind {
  POOLSIM {
    @Override
    Peer open() {
      return new PoolsimPeer();
    }
  },
  SSJ {
    @Override
    Peer open() {
      return new SsjPeer();
    }
  },
  DSOL {
    @Override
    Peer open() {
      return new DsolPeer();
    }
  },
  CLOUDSIM_PLUS {
    @Override
    Peer open() {
      return new CloudSimPlusPeer();
    }
  };

  abstract Peer open();
}
