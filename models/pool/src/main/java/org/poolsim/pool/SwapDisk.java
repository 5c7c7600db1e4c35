// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.ArrayDeque;
import org.poolsim.memory.PagedAccess;
import org.poolsim.memory.PagingDevice;
import org.poolsim.storage.Access;
import org.poolsim.storage.BlockRequest;
import org.poolsim.storage.IoDirection;
import org.poolsim.storage.Vbd;

/** A guest's swap on its own disk: paging shares the ring, dom0, the path and the array. */
final class SwapDisk implements PagingDevice {
  private final Vbd vbd;
  private final ArrayDeque<PageIo> idle = new ArrayDeque<>();

  SwapDisk(Vbd vbd) {
    this.vbd = vbd;
  }

  @Override
  public void read(PagedAccess access, int bytes) {
    PageIo io = next();
    io.access = access;
    vbd.submit(io, IoDirection.READ, bytes, Access.RANDOM);
  }

  @Override
  public void write(int bytes) {
    vbd.submit(next(), IoDirection.WRITE, bytes, Access.RANDOM);
  }

  private PageIo next() {
    PageIo io = idle.poll();
    return io == null ? new PageIo() : io;
  }

  private final class PageIo extends BlockRequest {
    /** Who waits; nobody for a write. */
    private PagedAccess access;

    @Override
    protected void completed() {
      PagedAccess served = access;
      access = null;
      idle.add(this);
      if (served != null) {
        served.pagedIn();
      }
    }
  }
}
