// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

/** Where the times of a request's steps go; disks record their own. */
interface StepTimes {
  /** Nowhere: a boot's steps are no request's. */
  StepTimes UNWATCHED =
      new StepTimes() {
        @Override
        public void computed(long nanos) {}

        @Override
        public void sent(long nanos) {}

        @Override
        public void received(long nanos) {}
      };

  /** A cpu step has ended. */
  void computed(long nanos);

  /** A send step has ended. */
  void sent(long nanos);

  /** A receive step has ended. */
  void received(long nanos);
}
